/* tmpfs: a file system whose directories and files live in memory alone (tmpfs(5)). The root of the
 * machine is one, /dev another. Files are page caches; together they may hold half of the memory
 * that was free at boot.
 *
 * Directories: names and cookies (positions for readdir, given out in rising order and never again)
 * in two trees under the directory's mutex. Files: the mutex write_lock (rank MUTEX_DATA) makes
 * writes and truncations follow one another; reads and page faults take no lock but the page
 * cache's. */
#ifndef FS_TMPFS_H
#define FS_TMPFS_H

#include "fs/inode.h"
#include "fs/pagecache.h"
#include "lib/rbtree.h"

struct file;

struct tmpfs_inode {
	struct inode inode;
	union {
		struct {			/* directory */
			struct rb_tree names, cookies;
			u64 next_cookie;
		};
		struct {			/* regular file */
			struct pagecache pages;
			struct mutex write_lock;
			u32 seals;	/* ABI_F_SEAL_; under write_lock, read by anyone */
			char *label;	/* of a memfd: what it is called where it shows */
		};
		char *target;			/* symbolic link */
		struct pipe *fifo;
	};
};

static inline struct tmpfs_inode *tmpfs_inode_of(struct inode *inode)
{
	return container_of(inode, struct tmpfs_inode, inode);
}

/* A new file system: its root, with a reference. NULL if there is no memory. */
MUST_CHECK struct inode *tmpfs_new(u32 mode);

/* Nodes that open(2) and mkdir(2) do not make. Called with the directory's mutex held; the name is
 * free. The results carry a reference. ERR_PTR(-ENOSPC). */
struct inode *tmpfs_create_device(struct inode *directory, const char *name, size_t length,
	u32 mode, u64 rdev, const struct file_ops *ops);

/* memfd_create(2): a regular file that has no name, and can be sealed or not; length bytes of label.
 * ERR_PTR(-ENOMEM). */
struct inode *tmpfs_file_new(const char *label, size_t length, bool sealable);
/* fcntl(2) F_ADD_SEALS: -EINVAL of what is no file of a tmpfs, -EPERM, -EBUSY. F_GET_SEALS: the
 * seals, -EINVAL. */
int tmpfs_file_seal(struct inode *inode, u32 seals);
int tmpfs_file_seals(const struct inode *inode);

/* The regular files' part (tmpfs_file.c, tmpfs_seal.c, tmpfs_allocate.c). */
void tmpfs_file_init(struct tmpfs_inode *node);
void tmpfs_file_release(struct tmpfs_inode *node);
void tmpfs_file_stat(struct inode *inode, struct abi_stat *stat);
int tmpfs_file_truncate(struct inode *inode, u64 size, bool changes);
extern const struct file_ops tmpfs_file_ops;

/* fallocate(2), as file_ops.allocate; madvise(2)'s MADV_REMOVE, as backing_ops.remove. */
long tmpfs_file_allocate(struct file *file, int mode, u64 offset, u64 length);
int tmpfs_file_remove(struct backing *backing, u64 first, u64 last);
/* For it, with write_lock held: takes pages from the file. */
void tmpfs_pages_remove(struct tmpfs_inode *node, u64 first, u64 last);
/* Zeroes bytes within one page, if it is there. */
void tmpfs_page_clear(struct tmpfs_inode *node, u64 position, size_t size);

/* For the boot archives: gives a file a frame (of use FRAME_FILE, whose reference goes over to it)
 * as its page, and sets its size; the bytes of the last page behind the end must be zero before
 * anyone runs. -EEXIST, -ENOMEM. */
MUST_CHECK int tmpfs_take_page(struct inode *inode, u64 index, struct page *page);
void tmpfs_set_size(struct inode *inode, u64 size);

#endif
