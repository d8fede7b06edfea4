/* Inodes: files, directories, devices and pipes, as the file systems of this kernel have them in
 * memory. An inode has a count of references (open files, directory entries, areas, path walks);
 * with the last one its file system's release is called.
 *
 * Locking: mode, owner and links, and the children of a directory, are under the inode's mutex
 * (rank MUTEX_DIRECTORY for directories, else MUTEX_FILE). Size and times are single words: written
 * as the file system says, read by anyone. Where an inode stands in the tree (parent, name) is
 * under one spin lock of inode.c. */
#ifndef FS_INODE_H
#define FS_INODE_H

#include <abi/stat.h>

#include "lib/types.h"
#include "sched/mutex.h"
#include "vm/space.h"
#include "vm/user.h"

struct inode;
struct file_ops;

/* A name in a directory, and what has it (NULL: nothing). */
struct inode_name {
	struct inode *directory;
	const char *name;
	size_t length;
	struct inode *inode;
};

/* What a kind of inode can do; a NULL entry means the default said there. The operations of
 * directories are called with the directory's mutex held; names are length bytes, not
 * NUL-terminated, without '/', neither "." nor "..". */
struct inode_ops {
	/* What it says is made of something else when it is asked for, so there is nothing to keep:
	 * chmod -EPERM, fsync -EINVAL. */
	bool derived;
	/* With a reference; ERR_PTR(-ENOENT). */
	struct inode *(*lookup)(struct inode *directory, const char *name, size_t length);
	/* A new regular file, directory or FIFO, as mode says, with a reference. The name is free.
	 * -ENOSPC. NULL: -EACCES for files, -EPERM for the others. */
	struct inode *(*create)(struct inode *directory, const char *name, size_t length, u32 mode);
	/* Takes the name away from child, which has it: rmdir if child is a directory (then empty:
	 * -ENOTEMPTY). The child's mutex is held too. NULL: -EPERM. */
	int (*unlink)(
		struct inode *directory, const char *name, size_t length, struct inode *child);
	/* A symbolic link to target (length bytes), a further name for an inode that is no
	 * directory (whose mutex is held too). The name is free. -ENOSPC. NULL: -EPERM. */
	struct inode *(*symlink)(struct inode *directory, const char *name, size_t length,
		const char *target, size_t target_length);
	int (*link)(
		struct inode *directory, const char *name, size_t length, struct inode *inode);
	/* from's inode gets the name of to, and what has that loses it, or with exchange gets
	 * from's. Both directories' mutexes are held, and that of what loses its name.
	 * -ENOTEMPTY, -ENOSPC. NULL: -EPERM. */
	int (*rename)(
		const struct inode_name *from, const struct inode_name *to, bool exchange);
	/* The target of a symbolic link without NUL, cut to size bytes; its length then. Never
	 * NULL for links. */
	long (*read_link)(struct inode *inode, char *buffer, size_t size);
	/* Of a link that leads to an inode and not along a path: that, with a reference. */
	struct inode *(*follow)(struct inode *link);
	/* Called without locks, with the right to write (inode_get_write). changes: the times
	 * change even if the size does not. NULL: -EINVAL. */
	int (*truncate)(struct inode *inode, u64 size, bool changes);
	/* Fills in what differs from the common fields. May be NULL. */
	void (*stat)(struct inode *inode, struct abi_stat *stat);
	/* The last reference is gone: free it. */
	void (*release)(struct inode *inode);
};

struct inode {
	u32 refs;			/* atomic */
	u32 mode;			/* type and permissions, as stat(2) */
	u64 number;
	u64 device;
	u64 rdev;
	u32 uid, gid;
	u64 links;			/* a directory that has been removed has 0 */
	u64 size;
	u64 atime, mtime, ctime;	/* ns since 1970 */
	s32 writers;			/* atomic: open files that may write; negative: programs
					 * run from it, and nobody may (inode_get_write) */
	struct mutex lock;
	const struct inode_ops *ops;
	const struct file_ops *file_ops;	/* what files opened on it do */
	struct backing *backing;	/* for mmap; NULL: cannot be mapped (-ENODEV) */

	/* The directory it stands in, and its name there (NULL: in none). A directory has a
	 * reference to its parent, also when it has been removed; the root of a file system is its
	 * own parent, without one. */
	struct inode *parent;
	const char *name;
	size_t name_length;

	struct inode *mounted;		/* a file system's root laid over this directory, or NULL */
	struct inode *covers;		/* of a mounted root: the directory it lies over */
};

static inline bool inode_is_directory(const struct inode *inode)
{
	return (inode->mode & ABI_S_IFMT) == ABI_S_IFDIR;
}

static inline bool inode_is_regular(const struct inode *inode)
{
	return (inode->mode & ABI_S_IFMT) == ABI_S_IFREG;
}

static inline bool inode_is_link(const struct inode *inode)
{
	return (inode->mode & ABI_S_IFMT) == ABI_S_IFLNK;
}

/* Initialises the common fields: one reference, one link (two for directories), owner 0, times now,
 * a fresh number. */
void inode_init(struct inode *inode, const struct inode_ops *ops, u32 mode);
void inode_get(struct inode *inode);
void inode_put(struct inode *inode);

/* A device number of its own, for a file system that has no device. */
u64 inode_device_new(void);

/* Says that inode now stands in directory under the name (a directory no longer where it stood
 * before). The name must stay in memory until inode_detach takes it back or another is given. For
 * file systems; they change their own records themselves. */
void inode_attach(struct inode *inode, struct inode *directory, const char *name, size_t length);
/* No longer under that name, if it was the one given last: a file with several may get another at
 * the same time. */
void inode_detach(struct inode *inode, const char *name);

/* The absolute path of an inode below root (NULL: below the root of everything) with NUL; its
 * length without NUL, or -ERANGE, -ENOENT if it has no name. Does not sleep; takes a spin lock of
 * rank LOCK_INODE_LIST. */
long inode_path(const struct inode *inode, const struct inode *root, char *buffer, size_t size);

/* The directory above a directory (of the root of a file system, itself), with a reference, and
 * its number. */
struct inode *inode_parent(const struct inode *directory);
u64 inode_parent_number(const struct inode *directory);
/* Whether a directory is inode or stands somewhere below it. */
bool inode_is_within(const struct inode *directory, const struct inode *inode);

/* What stat(2) says. */
void inode_stat(struct inode *inode, struct abi_stat *stat);
/* The contents have just changed: mtime and ctime are now. What else it says of itself has: ctime
 * alone is. */
void inode_touch(struct inode *inode);
void inode_touch_status(struct inode *inode);
/* The contents have just been read. As Linux's relatime, but for its daily update: atime is now if
 * it was not later than the last change. */
void inode_touch_access(struct inode *inode);

/* A file is either written or run. One more may write (-ETXTBSY: programs run from it), or one
 * fewer; one more program runs from it (-ETXTBSY: someone may write), or one fewer. */
MUST_CHECK int inode_get_write(struct inode *inode);
void inode_put_write(struct inode *inode);
MUST_CHECK int inode_get_run(struct inode *inode);
void inode_put_run(struct inode *inode);

u64 inode_count(void);	/* alive, for the ledger */

#endif
