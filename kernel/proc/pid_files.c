/* /proc/PID (proc/pid_files.h): directories that live as long as someone looks. What a process lets
 * only its own user see is checked when it is looked at, not when it was opened. */
#include "proc/pid_files.h"

#include "core/panic.h"
#include "fs/procfs.h"
#include "lib/errno.h"
#include "lib/format.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "proc/pid_print.h"
#include "proc/pid_view.h"
#include <abi/dirent.h>
#include <abi/fcntl.h>

/* A file without a name is called what its mappings are. */
static long describe_backing(struct backing *backing, char *buffer, size_t size)
{
	backing->ops->describe(backing, buffer, size);
	return strlen(buffer);
}

/* Where an inode is, in the words of /proc/PID/fd: a path, or what it is and its number. */
static long describe_inode(const struct inode *inode, char *buffer, size_t size)
{
	long length = inode_path(inode, task_current()->thread.fs->place->root, buffer, size);

	if (length >= 0 || length == -ERANGE)
		return length == -ERANGE ? -ENAMETOOLONG : length;
	if ((inode->mode & ABI_S_IFMT) == ABI_S_IFIFO)
		length = format(buffer, size, "pipe:[%lu]", inode->number);
	else if (inode->backing)
		length = describe_backing(inode->backing, buffer, size);
	else
		length = format(buffer, size, "/ (deleted)");
	return MIN((size_t)length, size);
}

/* What the process runs, or its directory, with a reference. */
static struct inode *view_inode(const struct proc_key *key, bool directory)
{
	struct pid_view view;

	if (!pid_view_get(&view, key))
		return ERR_PTR(-ESRCH);
	struct inode *inode = directory ? view.cwd : view.executable;
	if (!pid_view_permitted(&view))
		inode = ERR_PTR(-EACCES);
	else if (!inode)
		inode = ERR_PTR(-ENOENT);
	else
		inode_get(inode);
	pid_view_put(&view);
	return inode;
}

static struct inode *exe_inode(const struct proc_key *key)
{
	return view_inode(key, false);
}

static struct inode *cwd_inode(const struct proc_key *key)
{
	return view_inode(key, true);
}

/* /proc/PID/fd/N: key->item is the descriptor. With a reference. */
static struct file *fd_file(const struct proc_key *key, int fd)
{
	struct pid_view view;

	if (!pid_view_get(&view, key))
		return ERR_PTR(-ENOENT);
	bool permitted = pid_view_permitted(&view);
	pid_view_put(&view);
	return permitted ? pid_view_file(key, fd) : ERR_PTR(-EACCES);
}

static struct inode *fd_inode(const struct proc_key *key)
{
	struct file *file = fd_file(key, key->item);
	if (IS_ERR(file))
		return ERR_PTR(PTR_ERR(file));
	struct inode *inode = file->inode;
	inode_get(inode);
	file_put(file);
	return inode;
}

static long read_inode_link(struct inode *inode, char *buffer, size_t size)
{
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	char *text = kmalloc(ABI_PATH_MAX);
	long length = text ? describe_inode(inode, text, ABI_PATH_MAX) : -ENOMEM;
	if (length > 0) {
		length = MIN((size_t)length, size);
		memcpy(buffer, text, length);
	}
	kfree(text);
	inode_put(inode);
	return length;
}

static long exe_read_link(const struct proc_key *key, char *buffer, size_t size)
{
	return read_inode_link(exe_inode(key), buffer, size);
}

static long cwd_read_link(const struct proc_key *key, char *buffer, size_t size)
{
	return read_inode_link(cwd_inode(key), buffer, size);
}

static long fd_read_link(const struct proc_key *key, char *buffer, size_t size)
{
	return read_inode_link(fd_inode(key), buffer, size);
}

/* A decimal number without sign and leading zeros, or -1. */
static int parse_number(const char *name, size_t length)
{
	int value = 0;

	if (length == 0 || length > 7 || (length > 1 && name[0] == '0'))
		return -1;
	for (size_t i = 0; i < length; i++) {
		if (name[i] < '0' || name[i] > '9')
			return -1;
		value = value * 10 + name[i] - '0';
	}
	return value;
}

/* Numbers of inodes: far from those that are counted up. What a process has as a process and its
 * first thread as a thread differ. */
static u64 number_of(const struct proc_key *key, u64 what)
{
	u64 of = key->part ? 1ul << 41 | (u64)key->part << 16 : 1ul << 40 | key->owner << 16;

	return of | what;
}

#define NUMBER_FDS	64	/* what of descriptor 0; below are the items */

static struct inode *fd_lookup(
	struct inode *directory, const struct proc_key *key, const char *name, size_t length)
{
	static const struct proc_live_type type = {
		.read_link = fd_read_link, .follow = fd_inode};
	struct proc_key fd_key = *key;

	fd_key.item = parse_number(name, length);
	struct file *file = fd_key.item < 0 ? ERR_PTR(-ENOENT) : fd_file(key, fd_key.item);
	if (IS_ERR(file))
		return ERR_PTR(PTR_ERR(file));
	u32 rights = (file_may_read(file) ? 0500 : 0) | (file_may_write(file) ? 0300 : 0);
	file_put(file);
	return proc_live_new(&type, &fd_key,
		&(struct proc_live_place){ directory, name, length, ABI_S_IFLNK | rights,
			directory->uid, directory->gid,
			number_of(key, NUMBER_FDS + fd_key.item) });
}

static int fd_list(const struct proc_key *key, u64 *position, file_emit_t emit, void *context)
{
	char name[12];
	int fd = *position - 2;

	if (!pid_view_exists(key))
		return -ENOENT;
	while ((fd = pid_view_next_file(key, fd)) >= 0) {
		int length = format(name, sizeof(name), "%d", fd);

		if (!emit(context, name, length, number_of(key, NUMBER_FDS + fd),
			    ABI_DT_LNK, fd + 3))
			break;
		*position = ++fd + 2;
	}
	return 0;
}

static struct inode *thread_lookup(
	struct inode *directory, const struct proc_key *key, const char *name, size_t length);
static int thread_list(
	const struct proc_key *key, u64 *position, file_emit_t emit, void *context);

static void item_generate(struct proc_text *text, void *argument);

/* As on Linux, what does not fit a name is left out, and a line's end is part of it. */
static int comm_write(const struct proc_key *key, const char *bytes, size_t size)
{
	char name[PROC_WRITE_MAX + 1];

	memcpy(name, bytes, size);
	name[size] = '\0';
	return pid_view_set_name(key, name);
}

#define TEXT	{ .generate = item_generate }

/* The last is only a process's. */
static const struct item {
	const char *name;
	u32 mode;
	pid_print_t print;		/* of files */
	struct proc_live_type type;
} items[] = {
	{ "cmdline", ABI_S_IFREG | 0444, pid_print_cmdline, TEXT },
	{ "comm", ABI_S_IFREG | 0644, pid_print_comm, { .generate = item_generate, .write = comm_write } },
	{ "cwd", ABI_S_IFLNK | 0777, NULL, { .read_link = cwd_read_link, .follow = cwd_inode } },
	{ "environ", ABI_S_IFREG | 0400, pid_print_environ, TEXT },
	{ "exe", ABI_S_IFLNK | 0777, NULL, { .read_link = exe_read_link, .follow = exe_inode } },
	{ "fd", ABI_S_IFDIR | 0500, NULL, { .lookup = fd_lookup, .list = fd_list } },
	{ "maps", ABI_S_IFREG | 0444, pid_print_maps, TEXT },
	{ "oom_score", ABI_S_IFREG | 0444, pid_print_oom_score, TEXT },
	{ "stat", ABI_S_IFREG | 0444, pid_print_stat, TEXT },
	{ "statm", ABI_S_IFREG | 0444, pid_print_statm, TEXT },
	{ "status", ABI_S_IFREG | 0444, pid_print_status, TEXT },
	{ "task", ABI_S_IFDIR | 0555, NULL, { .lookup = thread_lookup, .list = thread_list } },
};

static size_t item_count(const struct proc_key *key)
{
	return ARRAY_SIZE(items) - (key->part != 0);
}

static void item_generate(struct proc_text *text, void *argument)
{
	const struct proc_key *key = argument;
	struct pid_view view;

	if (!pid_view_get(&view, key)) {
		proc_fail(text, -ESRCH);
		return;
	}
	items[key->item].print(text, &view);
	pid_view_put(&view);
}

static struct inode *item_lookup(
	struct inode *directory, const struct proc_key *key, const char *name, size_t length)
{
	struct proc_key item_key = *key;

	if (!pid_view_exists(key))
		return ERR_PTR(-ENOENT);
	for (size_t i = 0; i < item_count(key); i++) {
		if (strlen(items[i].name) != length || memcmp(items[i].name, name, length) != 0)
			continue;
		item_key.item = i;
		return proc_live_new(&items[i].type, &item_key,
			&(struct proc_live_place){ directory, name, length, items[i].mode,
				directory->uid, directory->gid, number_of(key, i + 1) });
	}
	return ERR_PTR(-ENOENT);
}

static int item_list(const struct proc_key *key, u64 *position, file_emit_t emit, void *context)
{
	for (u64 i = *position - 2; i < item_count(key); i++) {
		if (!emit(context, items[i].name, strlen(items[i].name),
			    number_of(key, i + 1), items[i].mode >> 12, i + 3))
			break;
		*position = i + 3;
	}
	return 0;
}

/* The directory of what the key means, if that is there. */
static struct inode *directory_new(
	struct inode *parent, const struct proc_key *key, const char *name, size_t length)
{
	static const struct proc_live_type type = { .lookup = item_lookup, .list = item_list };
	struct pid_view view;

	if (!pid_view_get(&view, key))
		return ERR_PTR(-ENOENT);
	struct inode *inode = proc_live_new(&type, key,
		&(struct proc_live_place){ parent, name, length, ABI_S_IFDIR | 0555,
			view.guarded ? 0 : view.euid, view.guarded ? 0 : view.egid, number_of(key, 0) });
	pid_view_put(&view);
	return inode;
}

static struct inode *thread_lookup(
	struct inode *directory, const struct proc_key *key, const char *name, size_t length)
{
	struct proc_key thread_key = *key;

	thread_key.part = parse_number(name, length);
	if (thread_key.part <= 0)
		return ERR_PTR(-ENOENT);
	return directory_new(directory, &thread_key, name, length);
}

static int thread_list(const struct proc_key *key, u64 *position, file_emit_t emit, void *context)
{
	struct proc_key thread_key = *key;
	int tid = *position - 2;
	char name[12];

	while ((tid = pid_view_next_thread(key, tid))) {
		int length = format(name, sizeof(name), "%d", tid);

		thread_key.part = tid;
		if (!emit(context, name, length, number_of(&thread_key, 0), ABI_DT_DIR, tid + 3))
			break;
		*position = ++tid + 2;
	}
	return 0;
}

static struct inode *process_directory(struct inode *root, int pid)
{
	struct proc_key key;
	char name[12];

	if (!pid_view_find(pid, &key))
		return ERR_PTR(-ENOENT);
	return directory_new(root, &key, name, format(name, sizeof(name), "%d", pid));
}

static struct inode *process_lookup(struct inode *root, const char *name, size_t length)
{
	int pid = parse_number(name, length);

	return pid <= 0 ? ERR_PTR(-ENOENT) : process_directory(root, pid);
}

static void process_list(u64 *position, file_emit_t emit, void *context)
{
	int pid = *position - PROCFS_OTHERS;
	char name[12];

	while ((pid = pid_view_next(pid))) {
		int length = format(name, sizeof(name), "%d", pid);

		struct proc_key key = { .owner = pid };

		if (!emit(context, name, length, number_of(&key, 0), ABI_DT_DIR,
			    PROCFS_OTHERS + pid + 1))
			break;
		*position = PROCFS_OTHERS + ++pid;
	}
}

static struct inode *self_follow(struct inode *link)
{
	return process_directory(link->parent, process_current()->pid);
}

static long self_read_link(struct inode *link, char *buffer, size_t size)
{
	char name[12];
	size_t length = format(name, sizeof(name), "%d", process_current()->pid);

	(void)link;
	length = MIN(length, size);
	memcpy(buffer, name, length);
	return length;
}

void pid_files_init(void)
{
	procfs_register_others(process_lookup, process_list);
	if (procfs_register_link("self", self_read_link, self_follow) < 0)
		panic("no memory for /proc/self");
}
