/* The machine on which the file system is tested (path_*.c): allocators over the host's memory that
 * can be told to fail, mutexes that check their order, user memory that may not be touched under
 * the wrong ones; and what the cases share. For one source file per program. */
#ifndef PATH_MACHINE_H
#define PATH_MACHINE_H

#include "unit.h"

#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <abi/dirent.h>
#include <abi/fcntl.h>

#include "core/panic.h"
#include "core/stat.h"
#include "fs/fs.h"
#include "fs/poll.h"
#include "fs/names.h"
#include "fs/tmpfs.h"
#include "fs/tmpfs_limit.h"
#include "fs/walk.h"
#include "lib/errno.h"
#include "mem/frame.h"
#include "mem/kmalloc.h"
#include "mem/slab.h"
#include "sched/thread.h"
#include "sched/time.h"

/* What the file system stands on. */

#define FRAMES 1024u

static u64 fail_countdown, objects, frames;
static u8 held[16]; /* mutexes of each rank */
static bool frame_is_used[FRAMES];
struct inode *fs_root;

static bool fails(void)
{
	return fail_countdown > 0 && --fail_countdown == 0;
}

static void *object_new(size_t size)
{
	if (fails())
		return NULL;
	objects++;
	return malloc(size);
}

void *slab_alloc(struct slab_cache *cache)
{
	return object_new(cache->size);
}
void *kmalloc(size_t size)
{
	return object_new(size);
}

void *slab_alloc_zeroed(struct slab_cache *cache)
{
	void *object = slab_alloc(cache);
	return object ? memset(object, 0, cache->size) : NULL;
}

size_t kmalloc_size(const void *object)
{
	return malloc_usable_size((void *)object);
}

void kfree(void *object)
{
	objects -= object != NULL;
	free(object);
}

void slab_free(struct slab_cache *cache, void *object)
{
	(void)cache;
	kfree(object);
}

struct page *frame_alloc(unsigned order, enum frame_use use)
{
	UNIT_CHECK(order == 0);
	for (u32 i = 1; i < FRAMES && !fails(); i++) {
		struct page *page = (struct page *)FRAMES_BASE + i;

		if (frame_is_used[i])
			continue;
		frame_is_used[i] = true;
		frames++;
		page->refs = 1;
		page->use = use;
		memset(page_data(page), 0xa5, PAGE_SIZE);
		return page;
	}
	return NULL;
}

struct page *frame_alloc_zeroed(enum frame_use use)
{
	struct page *page = frame_alloc(0, use);
	if (page)
		memset(page_data(page), 0, PAGE_SIZE);
	return page;
}

void page_get(struct page *page)
{
	page->refs++;
}

void page_put(struct page *page)
{
	UNIT_CHECK(page->refs > 0 && frame_is_used[page - (struct page *)FRAMES_BASE]);
	if (--page->refs == 0) {
		frame_is_used[page - (struct page *)FRAMES_BASE] = false;
		frames--;
	}
}

void mutex_init(struct mutex *mutex, enum mutex_rank rank)
{
	mutex->owner = NULL;
	mutex->rank = rank;
}

void mutex_lock(struct mutex *mutex)
{
	UNIT_CHECK(mutex->owner == NULL);
	for (u32 rank = mutex->rank + 1; rank < sizeof(held); rank++)
		UNIT_CHECK(held[rank] == 0);
	mutex->owner = (void *)1;
	held[mutex->rank]++;
}

void mutex_unlock(struct mutex *mutex)
{
	UNIT_CHECK(mutex->owner);
	mutex->owner = NULL;
	held[mutex->rank]--;
}

void spin_init(struct spinlock *lock, const char *name, enum lock_rank rank)
{
	*lock = (struct spinlock){.rank = rank, .name = name};
}

void spin_lock(struct spinlock *lock)
{
	UNIT_CHECK(!lock->holder);
	lock->holder = 1;
}

void spin_unlock(struct spinlock *lock)
{
	UNIT_CHECK(lock->holder);
	lock->holder = 0;
}

void wait_queue_init(struct wait_queue *queue)
{
	(void)queue;
}
u32 wait_wake(struct wait_queue *queue, u32 count)
{
	(void)queue;
	return count;
}
void wait_end(struct waiter *waiter)
{
	(void)waiter;
}
bool sched_relax(void)
{
	return false;
}
u64 clock_wall_ns(void)
{
	return 1;
}

void wait_begin(struct wait_queue *queue, struct waiter *waiter, enum wait_kind kind)
{
	(void)queue;
	(void)waiter;
	(void)kind;
}

/* Nobody polls here. */
void poll_join(struct poll *poll, struct wait_queue *queue)
{
	(void)poll;
	(void)queue;
	abort();
}

/* Nobody else is there to wake a waiter: a signal comes. */
int wait_sleep(struct waiter *waiter, u64 deadline)
{
	(void)waiter;
	(void)deadline;
	return -EINTR;
}

u64 stat_read(const struct stat *stat)
{
	return *stat->count;
}

void backing_init(struct backing *backing, const struct backing_ops *ops)
{
	backing->ops = ops;
}

void backing_unmap(struct backing *backing, u64 first, u64 last, bool copies)
{
	(void)backing;
	(void)copies;
	UNIT_CHECK(first <= last && held[MUTEX_SPACE] == 0 && held[MUTEX_PAGES] == 0);
}

/* User memory is memory of this program. It may not be touched under these mutexes. */
static void check_may_fault(void)
{
	UNIT_CHECK(!held[MUTEX_FILE] && !held[MUTEX_SPACE] && !held[MUTEX_PAGES] &&
		!held[MUTEX_DIRECTORY]);
}

void io_init_kernel(struct io *io, void *memory, size_t length)
{
	*io = (struct io){.kernel = memory, .left = length};
}

/* How much of a copy goes before a fault: a test sets it. */
static size_t fault_after = SIZE_MAX;

static size_t io_copy(struct io *io, size_t size, void *to, const void *from)
{
	check_may_fault();
	size = MIN(MIN(size, io->left), fault_after);
	if (fault_after != SIZE_MAX)
		fault_after -= size;
	memcpy(to ? to : io->kernel, from ? from : io->kernel, size);
	io->kernel = (u8 *)io->kernel + size;
	io->left -= size;
	return size;
}

size_t io_put(struct io *io, const void *from, size_t size)
{
	return io_copy(io, size, NULL, from);
}
size_t io_get(struct io *io, void *to, size_t size)
{
	return io_copy(io, size, to, NULL);
}

size_t io_put_zeros(struct io *io, size_t size)
{
	static const u8 zeros[PAGE_SIZE];
	UNIT_CHECK(size <= PAGE_SIZE);
	return io_put(io, zeros, size);
}

int user_write_bytes(struct user_ptr to, const void *from, size_t size)
{
	check_may_fault();
	if (size)
		memcpy((void *)to.addr, from, size);
	return 0;
}

int user_read_bytes(void *to, struct user_ptr from, size_t size)
{
	memcpy(to, (void *)from.addr, size);
	return 0;
}

long user_read_string(char *to, struct user_ptr from, size_t size)
{
	size_t length = strnlen((char *)from.addr, size);
	if (length == size)
		return -ENAMETOOLONG;
	memcpy(to, (char *)from.addr, length + 1);
	return length;
}

/* Counters find their CPU through GS. */
static struct percpu cpu;
/* Whose limits hold: no process's. */
static struct thread thread;

static void make_machine(void)
{
	UNIT_CHECK(mmap((void *)DIRECT_BASE, FRAMES * PAGE_SIZE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
			   0) == (void *)DIRECT_BASE);
	UNIT_CHECK(mmap((void *)FRAMES_BASE, FRAMES * sizeof(struct page), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
			   0) == (void *)FRAMES_BASE);
	cpu.self = &cpu;
	cpu.current = &thread;
	UNIT_CHECK(syscall(SYS_arch_prctl, 0x1001, &cpu) == 0);
}

/* Not every program uses all of these. */
#define HELPER __attribute__((unused)) static

/* The cases. Each begins with an empty root and ends by checking that nothing is left. */

static struct fs_context *context;

static void begin(void)
{
	names_init();
	fs_root = tmpfs_new(0755);
	UNIT_CHECK(fs_root);
	context = fs_context_copy(NULL, false);
	UNIT_CHECK(context);
}

static void remove_all(struct inode *directory);

static bool remove_one(void *data, const char *name, size_t length, u64 number, u8 type, u64 next)
{
	struct inode *directory = data, *child;

	(void)number;
	(void)type;
	(void)next;
	if (length <= 2 && memcmp(name, "..", length) == 0)
		return true;
	child = directory->ops->lookup(directory, name, length);
	UNIT_CHECK(!IS_ERR(child));
	if (inode_is_directory(child))
		remove_all(child);
	UNIT_CHECK(directory->ops->unlink(directory, name, length, child) == 0);
	inode_put(child);
	return false; /* the entry is gone: the walk may not go on from it */
}

static void remove_all(struct inode *directory)
{
	u64 before = 0, after = 1;

	while (before != after) {
		struct file *file = file_open(directory, 0);
		u64 position = 2;

		UNIT_CHECK(!IS_ERR(file));
		before = directory->mtime = 7;
		file->ops->readdir(file, &position, remove_one, directory);
		after = directory->mtime;
		file_put(file);
	}
}

static void end(void)
{
	fail_countdown = 0;
	remove_all(fs_root);
	fs_context_free(context);
	UNIT_CHECK(fs_root->refs == 1);
	inode_put(fs_root);
	UNIT_CHECK(objects == 0 && frames == 0 && file_count() == 0 && inode_count() == 0);
	for (size_t i = 0; i < sizeof(held); i++)
		UNIT_CHECK(held[i] == 0);
}

HELPER struct file *open_at(const char *path, u32 flags)
{
	return path_open(context, NULL, path, flags, 0666);
}

/* The error of an open, or 0: then the file is closed again. */
HELPER int try_open(const char *path, u32 flags)
{
	struct file *file = open_at(path, flags);

	if (IS_ERR(file))
		return PTR_ERR(file);
	file_put(file);
	return 0;
}

HELPER int make_directory(const char *path)
{
	return path_mkdir(context, NULL, path, 0777);
}

HELPER void make_link(const char *path, const char *target)
{
	struct path_parent parent;

	UNIT_CHECK(path_parent_get(context, &parent, path) == 0);
	inode_put(parent.directory->ops->symlink(
		parent.directory, parent.name, parent.length, target, strlen(target)));
	path_parent_put(&parent);
}

HELPER long put_text(struct file *file, const char *text)
{
	struct io io;

	io_init_kernel(&io, (void *)text, strlen(text));
	return file_write(file, &io);
}

HELPER void check_text(const char *path, const char *expected)
{
	struct file *file = open_at(path, 0);
	char text[256];
	struct io io;

	UNIT_CHECK(!IS_ERR(file));
	io_init_kernel(&io, text, sizeof(text));
	UNIT_CHECK(file_read(file, &io) == (long)strlen(expected) &&
		!memcmp(text, expected, strlen(expected)));
	file_put(file);
}

HELPER void check_cwd(const char *expected)
{
	char text[4096];

	UNIT_CHECK(path_getcwd(context, text, sizeof(text)) == (long)strlen(expected) + 1);
	UNIT_CHECK(strcmp(text, expected) == 0);
	UNIT_CHECK(path_getcwd(context, text, strlen(expected)) == -ERANGE);
}

#endif
