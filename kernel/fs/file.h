/* Open files (open file descriptions, open(2)) and descriptor tables. A file is counted:
 * descriptors and calls under way hold references. The position of a file that can seek is under
 * its own mutex (rank MUTEX_POSITION), held through read, write, lseek and getdents; user memory
 * may be touched under it. All functions may sleep. */
#ifndef FS_FILE_H
#define FS_FILE_H

#include <abi/fcntl.h>

#include "fs/inode.h"

struct file;
struct poll;

/* Takes one directory entry; false if there is no room for it. next: the position behind it. */
typedef bool (*file_emit_t)(
	void *context, const char *name, size_t length, u64 inode, u8 type, u64 next);

/* What an open file does. Missing entries: read and write -EINVAL (-EISDIR for directories), seek
 * -ESPIPE, ioctl -ENOTTY, poll always ready to be read and written, readdir -ENOTDIR. read and write
 * move *position by what they did and return it, or an error if nothing was done. */
struct file_ops {
	/* Called once for each open(2), with its flags in file->flags, all of them; may set
	 * file->private, and file->ops to other ones. 0 or an error (then release is not called). */
	int (*open)(struct file *file);
	long (*read)(struct file *file, struct io *io, u64 *position);
	long (*write)(struct file *file, struct io *io, u64 *position);
	/* lseek(2), with the position's mutex held: the new position, or an error. */
	long (*seek)(struct file *file, long offset, int whence);
	long (*ioctl)(struct file *file, u32 command, struct user_ptr argument);
	/* poll(2): what is true of the file now, of ABI_POLL. First it names to poll_join (fs/poll.h)
	 * every queue that is woken when that may change. */
	u32 (*poll)(struct file *file, struct poll *poll);
	/* Entries from *position on: calls emit until it returns false or there are no more;
	 * *position is then that of the first entry not taken. emit does not touch user memory. */
	int (*readdir)(struct file *file, u64 *position, file_emit_t emit, void *context);
	void (*release)(struct file *file);	/* the last reference is gone */
	/* fallocate(2) of a range that a file can have, with the modes 0, KEEP_SIZE and
	 * PUNCH_HOLE | KEEP_SIZE. Missing: -EOPNOTSUPP. */
	long (*allocate)(struct file *file, int mode, u64 offset, u64 length);
	bool maps_zeros;	/* mmap(2): as of no file at all */
};

struct file {
	u32 refs;			/* atomic */
	u32 flags;			/* ABI_O_: access mode and status flags */
	u64 position;
	struct mutex position_lock;
	const struct file_ops *ops;
	struct inode *inode;		/* a reference */
	void *private;			/* of the ops */
};

#define FILE_SIZE_MAX	((u64)INT64_MAX)

/* Whether it is open for reading, for writing. The access mode counts from 0 (read) over 1 (write)
 * and 2 (both) to 3 (neither: for ioctl alone). */
static inline bool file_may_read(const struct file *file)
{
	return !(file->flags & ABI_O_PATH) && ((file->flags & ABI_O_ACCMODE) + 1) & 1;
}

static inline bool file_may_write(const struct file *file)
{
	return !(file->flags & ABI_O_PATH) && ((file->flags & ABI_O_ACCMODE) + 1) & 2;
}

/* An open file on an inode (takes its own reference), opened as the flags say: calls the
 * operations' open. Rights are the caller's business. ERR_PTR(-ENOMEM) or what open says. */
MUST_CHECK struct file *file_open(struct inode *inode, u32 flags);
/* The same in two steps, for who has to know that there is memory before there is an inode: room for
 * an open file, or NULL; and the opening. file_free gives back room that did not become one. */
MUST_CHECK struct file *file_new(void);
MUST_CHECK int file_open_new(struct file *file, struct inode *inode, u32 flags);
void file_free(struct file *file);
void file_get(struct file *file);
void file_put(struct file *file);

/* read(2), write(2), lseek(2) on an open file: access mode checked (-EBADF), position kept. */
long file_read(struct file *file, struct io *io);
long file_write(struct file *file, struct io *io);
/* Reads or writes at a position without moving the file's own; -ESPIPE if it cannot seek. */
long file_read_at(struct file *file, struct io *io, u64 position);
long file_write_at(struct file *file, struct io *io, u64 position);
long file_seek(struct file *file, long offset, int whence);
long file_ioctl(struct file *file, u32 command, struct user_ptr argument);
/* getdents64(2) into user memory: bytes, 0 at the end, -EINVAL if not even one entry fits. */
long file_getdents(struct file *file, struct user_ptr buffer, size_t size);

/* For file_ops.seek: within a file of inode->size bytes; with a position that only the operations
 * understand (from the start or from where it stands); and of devices that always stand at 0. */
long file_seek_regular(struct file *file, long offset, int whence);
long file_seek_cursor(struct file *file, long offset, int whence);
long file_seek_nowhere(struct file *file, long offset, int whence);

/* For file_ops.readdir: the entries "." and "..", at positions 0 and 1. False if emit has had
 * enough. */
bool file_emit_dots(struct file *file, u64 *position, file_emit_t emit, void *context);

/* fallocate(2) with what the caller gave. */
long file_allocate(struct file *file, int mode, long offset, long length);

u64 file_count(void);	/* open files of the machine, for the ledger */

#include "fs/file_table.h"

#endif
