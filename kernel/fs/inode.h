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

/* What a kind of inode can do; a NULL entry means the default said there. The operations of
 * directories are called with the directory's mutex held; names are length bytes, not
 * NUL-terminated, without '/', neither "." nor "..". */
struct inode_ops {
	/* With a reference; ERR_PTR(-ENOENT). */
	struct inode *(*lookup)(struct inode *directory, const char *name, size_t length);
	/* A new regular file or directory, as mode says, with a reference. The name is free.
	 * -ENOSPC. NULL: -EACCES for files, -EPERM for directories. */
	struct inode *(*create)(struct inode *directory, const char *name, size_t length, u32 mode);
	/* Takes the name away from child, which has it: rmdir if child is a directory (then empty:
	 * -ENOTEMPTY). The child's mutex is held too. NULL: -EPERM. */
	int (*unlink)(
		struct inode *directory, const char *name, size_t length, struct inode *child);
	/* The target of a symbolic link, valid as long as the inode. */
	const char *(*read_link)(struct inode *inode);
	/* Called without locks. NULL: -EINVAL. */
	int (*truncate)(struct inode *inode, u64 size);
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

/* Says that inode now stands in directory under the name, which must stay in memory until
 * inode_detach takes it back. For file systems; they change their own records themselves. */
void inode_attach(struct inode *inode, struct inode *directory, const char *name, size_t length);
void inode_detach(struct inode *inode);

/* The absolute path of an inode below root (NULL: below the root of everything) with NUL; its
 * length without NUL, or -ERANGE, -ENOENT if it has no name. Does not sleep; takes a spin lock of
 * rank LOCK_INODE_LIST. */
long inode_path(const struct inode *inode, const struct inode *root, char *buffer, size_t size);

/* What stat(2) says. */
void inode_stat(struct inode *inode, struct abi_stat *stat);
/* The contents have just changed: mtime and ctime are now. */
void inode_touch(struct inode *inode);

u64 inode_count(void);	/* alive, for the ledger */

#endif
