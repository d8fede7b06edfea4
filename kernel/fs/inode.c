/* Inodes: what all file systems have in common. The tree of names is kept here, beside the file
 * systems' own records, so that a path can be told from an inode without sleeping and without
 * knowing its file system. */
#include "fs/inode.h"

#include "core/spinlock.h"
#include "core/stat.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "sched/time.h"

STAT_COUNTER(fs_inodes, "inodes in memory");

static u64 last_number;
static u64 last_device;
static struct spinlock tree_lock = SPINLOCK_INIT("inode_tree", LOCK_INODE_LIST);

void inode_init(struct inode *inode, const struct inode_ops *ops, u32 mode)
{
	*inode = (struct inode){
		.refs = 1,
		.mode = mode,
		.number = atomic_fetch_add(&last_number, 1) + 1,
		.ops = ops,
	};
	inode->links = inode_is_directory(inode) ? 2 : 1;
	inode->atime = inode->mtime = inode->ctime = clock_wall_ns();
	mutex_init(&inode->lock, inode_is_directory(inode) ? MUTEX_DIRECTORY : MUTEX_FILE);
	stat_add(&fs_inodes, 1);
}

void inode_get(struct inode *inode)
{
	ref_get(&inode->refs);
}

/* A loop and not a recursion: removed directories can hang on one another a thousand deep. */
void inode_put(struct inode *inode)
{
	while (ref_put(&inode->refs)) {
		struct inode *parent = inode_is_directory(inode) ? inode->parent : NULL;
		bool is_root = parent == inode;

		stat_add(&fs_inodes, -1);
		inode->ops->release(inode);
		if (!parent || is_root)
			return;
		inode = parent;
	}
}

u64 inode_device_new(void)
{
	return atomic_fetch_add(&last_device, 1) + 1;
}

void inode_attach(struct inode *inode, struct inode *directory, const char *name, size_t length)
{
	struct inode *old = NULL;

	if (inode_is_directory(inode))
		inode_get(directory);
	spin_lock(&tree_lock);
	if (inode_is_directory(inode))
		old = inode->parent;
	inode->parent = directory;
	inode->name = name;
	inode->name_length = length;
	spin_unlock(&tree_lock);
	if (old)
		inode_put(old);
}

void inode_detach(struct inode *inode, const char *name)
{
	spin_lock(&tree_lock);
	if (inode->name == name) {
		inode->name = NULL;
		if (!inode_is_directory(inode))
			inode->parent = NULL;
	}
	spin_unlock(&tree_lock);
}

struct inode *inode_parent(const struct inode *directory)
{
	struct inode *parent;

	spin_lock(&tree_lock);
	parent = directory->parent;
	inode_get(parent);
	spin_unlock(&tree_lock);
	return parent;
}

u64 inode_parent_number(const struct inode *directory)
{
	u64 number;

	spin_lock(&tree_lock);
	number = directory->parent->number;
	spin_unlock(&tree_lock);
	return number;
}

bool inode_is_within(const struct inode *directory, const struct inode *inode)
{
	spin_lock(&tree_lock);
	while (directory != inode && directory->parent != directory)
		directory = directory->parent;
	spin_unlock(&tree_lock);
	return directory == inode;
}

/* Writes the path backwards from the end of the buffer; where it begins, or an error. */
static long path_build(
	const struct inode *inode, const struct inode *root, char *buffer, size_t size)
{
	size_t at = size - 1;

	buffer[at] = 0;
	while (inode != root) {
		if (inode->parent == inode) {
			if (!inode->covers)
				break;
			inode = inode->covers;
			continue;
		}
		if (!inode->name)
			return -ENOENT;
		if (at < inode->name_length + 1)
			return -ERANGE;
		at -= inode->name_length;
		memcpy(buffer + at, inode->name, inode->name_length);
		buffer[--at] = '/';
		inode = inode->parent;
	}
	if (at == size - 1) {
		if (at == 0)
			return -ERANGE;
		buffer[--at] = '/';
	}
	return at;
}

long inode_path(const struct inode *inode, const struct inode *root, char *buffer, size_t size)
{
	long at;

	if (size == 0)
		return -ERANGE;
	spin_lock(&tree_lock);
	at = path_build(inode, root, buffer, size);
	spin_unlock(&tree_lock);
	if (at < 0)
		return at;
	memmove(buffer, buffer + at, size - at);
	return size - at - 1;
}

static struct abi_timespec timespec_of(u64 ns)
{
	return (struct abi_timespec){ .tv_sec = ns / NS_PER_SEC, .tv_nsec = ns % NS_PER_SEC };
}

void inode_stat(struct inode *inode, struct abi_stat *stat)
{
	mutex_lock(&inode->lock);
	*stat = (struct abi_stat){
		.st_dev = inode->device,
		.st_ino = inode->number,
		.st_nlink = inode->links,
		.st_mode = inode->mode,
		.st_uid = inode->uid,
		.st_gid = inode->gid,
		.st_rdev = inode->rdev,
		.st_size = atomic_load(&inode->size),
		.st_blksize = PAGE_SIZE,
		.st_atim = timespec_of(inode->atime),
		.st_mtim = timespec_of(inode->mtime),
		.st_ctim = timespec_of(inode->ctime),
	};
	if (inode->ops->stat)
		inode->ops->stat(inode, stat);
	mutex_unlock(&inode->lock);
}

void inode_touch(struct inode *inode)
{
	u64 now = clock_wall_ns();

	atomic_store_relaxed(&inode->mtime, now);
	atomic_store_relaxed(&inode->ctime, now);
}

void inode_touch_status(struct inode *inode)
{
	atomic_store_relaxed(&inode->ctime, clock_wall_ns());
}

void inode_touch_access(struct inode *inode)
{
	u64 atime = atomic_load_relaxed(&inode->atime);

	if (atime <= atomic_load_relaxed(&inode->mtime) ||
		atime <= atomic_load_relaxed(&inode->ctime))
		atomic_store_relaxed(&inode->atime, clock_wall_ns());
}

/* Moves the count away from zero, to the side of step, or is refused by the other side. */
static int writers_add(struct inode *inode, s32 step)
{
	s32 writers = atomic_load(&inode->writers);

	do {
		if (writers && (writers > 0) != (step > 0))
			return -ETXTBSY;
	} while (!atomic_compare_exchange(&inode->writers, &writers, writers + step));
	return 0;
}

int inode_get_write(struct inode *inode)
{
	return writers_add(inode, 1);
}

void inode_put_write(struct inode *inode)
{
	atomic_fetch_sub(&inode->writers, 1);
}

int inode_get_run(struct inode *inode)
{
	return writers_add(inode, -1);
}

void inode_put_run(struct inode *inode)
{
	atomic_fetch_add(&inode->writers, 1);
}

u64 inode_count(void)
{
	return stat_read(&fs_inodes);
}
