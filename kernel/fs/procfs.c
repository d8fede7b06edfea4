/* /proc. The tree is made of nodes that live for ever, so look-ups need no care. The text of an
 * open file is made at a read from position 0 and kept for the reads that go on from there, so that
 * they see one text; it is counted, because two reads may go on at the same time and the first may
 * want a new one. */
#include "fs/procfs.h"

#include "core/panic.h"
#include "fs/file.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/format.h"
#include "lib/list.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "mem/slab.h"

struct proc_node {
	struct inode inode;
	struct list_node children;
	struct list_node node;		/* among the parent's children */
	u64 position;			/* of its entry, for readdir */
	proc_generator_t generate;
	void *argument;
	struct inode_ops link_ops;	/* of a link */
	const char *name;
	size_t length;
};

struct proc_text {
	u32 refs;
	int error;			/* why there is no text */
	size_t used, room;
	char *bytes;
};

/* Of an open file. */
struct proc_file {
	struct spinlock lock;
	struct proc_text *text;		/* a reference, or NULL */
	proc_generator_t generate;
	void *argument;
};

#define TEXT_ROOM_FIRST	512
#define FIRST_POSITION	2	/* behind "." and ".." */

static SLAB_CACHE(proc_node_cache, struct proc_node);
static SLAB_CACHE(proc_text_cache, struct proc_text);
static SLAB_CACHE(proc_file_cache, struct proc_file);

static struct proc_node *proc_root;
static struct inode *(*others_lookup)(struct inode *root, const char *name, size_t length);
static void (*others_list)(u64 *position, file_emit_t emit, void *context);

static struct proc_node *node_of(struct inode *inode)
{
	return container_of(inode, struct proc_node, inode);
}

static bool text_grow(struct proc_text *text, size_t room)
{
	size_t larger = MAX(MAX(2 * text->room, room), (size_t)TEXT_ROOM_FIRST);
	char *bytes = kmalloc(larger);

	if (!bytes)
		return false;
	if (text->bytes)
		memcpy(bytes, text->bytes, text->used);
	kfree(text->bytes);
	text->bytes = bytes;
	text->room = larger;
	return true;
}

static void proc_grow(struct proc_text *text, size_t room)
{
	if (!text_grow(text, room))
		text->error = -ENOMEM;
}

void proc_print(struct proc_text *text, const char *line, ...)
{
	__builtin_va_list arguments;
	size_t length;

	do {
		size_t room = text->room - text->used;

		__builtin_va_start(arguments, line);
		length = format_v(
			text->bytes ? text->bytes + text->used : NULL, room, line, arguments);
		__builtin_va_end(arguments);
		if (length < room)
			text->used += length;
		else
			proc_grow(text, text->used + length + 1);
		if (length < room)
			return;
	} while (!text->error);
}

void proc_put_bytes(struct proc_text *text, const void *bytes, size_t size)
{
	if (text->room - text->used < size)
		proc_grow(text, text->used + size);
	if (text->error)
		return;
	memcpy(text->bytes + text->used, bytes, size);
	text->used += size;
}

void proc_fail(struct proc_text *text, int error)
{
	text->error = error;
}

static void text_put(struct proc_text *text)
{
	if (!text || !ref_put(&text->refs))
		return;
	kfree(text->bytes);
	slab_free(&proc_text_cache, text);
}

static struct proc_text *text_generate(const struct proc_file *open)
{
	struct proc_text *text = slab_alloc_zeroed(&proc_text_cache);
	int error;

	if (!text)
		return ERR_PTR(-ENOMEM);
	text->refs = 1;
	open->generate(text, open->argument);
	error = text->error;
	if (!error)
		return text;
	text_put(text);
	return ERR_PTR(error);
}

/* The text for a read at position, with a reference: a new one at the start, else that of the read
 * before. */
static struct proc_text *text_get(struct file *file, u64 position)
{
	struct proc_file *open = file->private;
	struct proc_text *text, *old;

	spin_lock(&open->lock);
	text = position ? open->text : NULL;
	if (text)
		ref_get(&text->refs);
	spin_unlock(&open->lock);
	if (text)
		return text;
	text = text_generate(open);
	if (IS_ERR(text))
		return text;
	ref_get(&text->refs);
	spin_lock(&open->lock);
	old = open->text;
	open->text = text;
	spin_unlock(&open->lock);
	text_put(old);
	return text;
}

long proc_text_read(struct file *file, struct io *io, u64 *position)
{
	struct proc_text *text = text_get(file, *position);
	size_t wanted = 0, copied = 0;

	if (IS_ERR(text))
		return PTR_ERR(text);
	if (*position < text->used) {
		wanted = MIN(text->used - *position, io->left);
		copied = io_put(io, text->bytes + *position, wanted);
		*position += copied;
	}
	text_put(text);
	return copied || !wanted ? (long)copied : -EFAULT;
}

int proc_text_open(struct file *file, proc_generator_t generate, void *argument)
{
	struct proc_file *open = slab_alloc_zeroed(&proc_file_cache);

	if (!open)
		return -ENOMEM;
	spin_init(&open->lock, "proc_file", LOCK_INODE_LIST);
	open->generate = generate;
	open->argument = argument;
	file->private = open;
	return 0;
}

void proc_text_release(struct file *file)
{
	struct proc_file *open = file->private;

	text_put(open->text);
	slab_free(&proc_file_cache, open);
}

static int proc_open(struct file *file)
{
	const struct proc_node *node = node_of(file->inode);

	return proc_text_open(file, node->generate, node->argument);
}

static const struct file_ops proc_file_ops = {
	.open = proc_open,
	.read = proc_text_read,
	.seek = file_seek_cursor,
	.release = proc_text_release,
};

static struct proc_node *child_find(struct proc_node *directory, const char *name, size_t length)
{
	struct proc_node *child;

	list_for_each(child, &directory->children, node)
		if (child->length == length && !memcmp(child->name, name, length))
			return child;
	return NULL;
}

static struct inode *proc_lookup(struct inode *directory, const char *name, size_t length)
{
	struct proc_node *child = child_find(node_of(directory), name, length);

	if (!child && node_of(directory) == proc_root && others_lookup)
		return others_lookup(directory, name, length);
	if (!child)
		return ERR_PTR(-ENOENT);
	inode_get(&child->inode);
	return &child->inode;
}

static int proc_readdir(struct file *file, u64 *position, file_emit_t emit, void *context)
{
	struct proc_node *child;

	if (!file_emit_dots(file, position, emit, context))
		return 0;
	list_for_each(child, &node_of(file->inode)->children, node) {
		if (child->position < *position)
			continue;
		if (!emit(context, child->name, child->length, child->inode.number,
			    child->inode.mode >> 12, child->position + 1))
			return 0;
		*position = child->position + 1;
	}
	if (node_of(file->inode) == proc_root && others_list) {
		*position = MAX(*position, PROCFS_OTHERS);
		others_list(position, emit, context);
	}
	return 0;
}

static const struct file_ops proc_directory_file_ops = {
	.seek = file_seek_cursor,
	.readdir = proc_readdir,
};

/* The tree holds a reference to each node, so there is nothing to release. */
static const struct inode_ops proc_directory_ops = {
	.derived = true,
	.lookup = proc_lookup,
};
static const struct inode_ops proc_file_inode_ops = { .derived = true };

static struct proc_node *node_new(
	struct proc_node *parent, const char *name, size_t length, u32 mode)
{
	struct proc_node *node = slab_alloc_zeroed(&proc_node_cache);
	bool is_directory = (mode & ABI_S_IFMT) == ABI_S_IFDIR;

	if (!node)
		return NULL;
	inode_init(&node->inode, is_directory ? &proc_directory_ops : &proc_file_inode_ops, mode);
	node->inode.file_ops = is_directory ? &proc_directory_file_ops : &proc_file_ops;
	node->inode.device = parent ? parent->inode.device : inode_device_new();
	node->name = name;
	node->length = length;
	list_init(&node->children);
	if (!parent) {
		node->inode.parent = &node->inode;
		return node;
	}
	node->position = FIRST_POSITION;
	if (!list_empty(&parent->children))
		node->position =
			list_entry(parent->children.prev, struct proc_node, node)->position + 1;
	list_push_back(&parent->children, &node->node);
	inode_attach(&node->inode, &parent->inode, name, length);
	parent->inode.links += is_directory;
	return node;
}

struct inode *procfs_init(void)
{
	proc_root = node_new(NULL, "", 0, ABI_S_IFDIR | 0555);
	if (!proc_root)
		panic("no memory for /proc");
	return &proc_root->inode;
}

int procfs_register(const char *path, u32 mode, proc_generator_t generate, void *argument)
{
	const char *slash = strchr(path, '/');
	struct proc_node *directory = proc_root, *node;

	if (slash) {
		directory = child_find(proc_root, path, slash - path);
		if (!directory)
			directory = node_new(proc_root, path, slash - path, ABI_S_IFDIR | 0555);
		if (!directory)
			return -ENOMEM;
		path = slash + 1;
	}
	if (child_find(directory, path, strlen(path)))
		return -EEXIST;
	node = node_new(directory, path, strlen(path), ABI_S_IFREG | mode);
	if (!node)
		return -ENOMEM;
	node->generate = generate;
	node->argument = argument;
	return 0;
}

int procfs_register_link(const char *name, long (*read_link)(struct inode *, char *, size_t),
	struct inode *(*follow)(struct inode *))
{
	struct proc_node *node = node_new(proc_root, name, strlen(name), ABI_S_IFLNK | 0777);

	if (!node)
		return -ENOMEM;
	node->link_ops = (struct inode_ops){ .read_link = read_link, .follow = follow };
	node->inode.ops = &node->link_ops;
	node->inode.file_ops = NULL;
	return 0;
}

void procfs_register_others(
	struct inode *(*lookup)(struct inode *root, const char *name, size_t length),
	void (*list)(u64 *position, file_emit_t emit, void *context))
{
	others_lookup = lookup;
	others_list = list;
}
