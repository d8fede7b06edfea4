/* Open files: the part of read, write, lseek, ioctl and getdents that is the same for all of
 * them. */
#include "fs/file.h"

#include <abi/dirent.h>
#include <abi/fcntl.h>
#include <abi/ioctl.h>

#include "core/stat.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "mem/slab.h"

STAT_COUNTER(fs_open_files, "open file descriptions");

static SLAB_CACHE(file_cache, struct file);

/* What a file opened with O_PATH can do: nothing but be asked where it is. */
static const struct file_ops path_only_ops = { 0 };

/* Flags that only open(2) itself looks at; the rest stays with the file. */
#define OPEN_ONLY_FLAGS	(ABI_O_CREAT | ABI_O_EXCL | ABI_O_NOCTTY | ABI_O_TRUNC | ABI_O_CLOEXEC)

/* An open file that may write keeps programs from being run from its inode. */
static bool counts_as_writer(const struct file *file)
{
	return inode_is_regular(file->inode) && file_may_write(file);
}

static int file_begin(struct file *file)
{
	int error = counts_as_writer(file) ? inode_get_write(file->inode) : 0;

	if (!error && file->ops->open) {
		error = file->ops->open(file);
		if (error && counts_as_writer(file))
			inode_put_write(file->inode);
	}
	return error;
}

struct file *file_new(void)
{
	return slab_alloc(&file_cache);
}

void file_free(struct file *file)
{
	slab_free(&file_cache, file);
}

int file_open_new(struct file *file, struct inode *inode, u32 flags)
{
	int error;

	*file = (struct file){
		.refs = 1,
		.flags = flags,
		.ops = flags & ABI_O_PATH || !inode->file_ops ? &path_only_ops : inode->file_ops,
		.inode = inode,
	};
	mutex_init(&file->position_lock, MUTEX_POSITION);
	error = file_begin(file);
	if (error)
		return error;
	file->flags &= ~OPEN_ONLY_FLAGS;
	inode_get(inode);
	stat_add(&fs_open_files, 1);
	return 0;
}

struct file *file_open(struct inode *inode, u32 flags)
{
	struct file *file = file_new();
	int error = file ? file_open_new(file, inode, flags) : -ENOMEM;

	if (!error)
		return file;
	if (file)
		file_free(file);
	return ERR_PTR(error);
}

void file_get(struct file *file)
{
	ref_get(&file->refs);
}

void file_put(struct file *file)
{
	if (!ref_put(&file->refs))
		return;
	if (file->ops->release)
		file->ops->release(file);
	if (counts_as_writer(file))
		inode_put_write(file->inode);
	inode_put(file->inode);
	file_free(file);
	stat_add(&fs_open_files, -1);
}

typedef long (*transfer_t)(struct file *file, struct io *io, u64 *position);

/* Streams have no position, and their transfers may take forever: the mutex is for the others. */
static long file_transfer(struct file *file, struct io *io, transfer_t transfer)
{
	u64 nowhere = 0;
	long result;

	if (!transfer)
		return inode_is_directory(file->inode) ? -EISDIR : -EINVAL;
	if (!file->ops->seek)
		return transfer(file, io, &nowhere);
	mutex_lock(&file->position_lock);
	result = transfer(file, io, &file->position);
	mutex_unlock(&file->position_lock);
	return result;
}

long file_read(struct file *file, struct io *io)
{
	return file_may_read(file) ? file_transfer(file, io, file->ops->read) : -EBADF;
}

long file_write(struct file *file, struct io *io)
{
	return file_may_write(file) ? file_transfer(file, io, file->ops->write) : -EBADF;
}

static long transfer_at(struct file *file, struct io *io, u64 position, transfer_t transfer)
{
	if (position > FILE_SIZE_MAX)
		return -EINVAL;
	if (!transfer)
		return inode_is_directory(file->inode) ? -EISDIR : -EINVAL;
	return transfer(file, io, &position);
}

/* Whether there are positions in it comes before what it is open for. */
static int at_check(const struct file *file, bool may)
{
	if (file->flags & ABI_O_PATH)
		return -EBADF;
	if (!file->ops->seek)
		return -ESPIPE;
	return may ? 0 : -EBADF;
}

long file_read_at(struct file *file, struct io *io, u64 position)
{
	int error = at_check(file, file_may_read(file));

	return error ? error : transfer_at(file, io, position, file->ops->read);
}

long file_write_at(struct file *file, struct io *io, u64 position)
{
	int error = at_check(file, file_may_write(file));

	return error ? error : transfer_at(file, io, position, file->ops->write);
}

long file_seek(struct file *file, long offset, int whence)
{
	long result;

	if (file->flags & ABI_O_PATH)
		return -EBADF;
	if (!file->ops->seek)
		return -ESPIPE;
	mutex_lock(&file->position_lock);
	result = file->ops->seek(file, offset, whence);
	mutex_unlock(&file->position_lock);
	return result;
}

/* Moves to base + offset, both at most INT64_MAX away from 0. */
static long seek_to(struct file *file, u64 base, long offset)
{
	long target;

	if (__builtin_add_overflow((long)base, offset, &target) || target < 0)
		return -EINVAL;
	file->position = target;
	return target;
}

long file_seek_regular(struct file *file, long offset, int whence)
{
	if (whence == ABI_SEEK_END)
		return seek_to(file, atomic_load(&file->inode->size), offset);
	return file_seek_cursor(file, offset, whence);
}

long file_seek_cursor(struct file *file, long offset, int whence)
{
	switch (whence) {
	case ABI_SEEK_SET:
		return seek_to(file, 0, offset);
	case ABI_SEEK_CUR:
		return seek_to(file, file->position, offset);
	default:
		return -EINVAL;
	}
}

long file_seek_nowhere(struct file *file, long offset, int whence)
{
	(void)offset;
	(void)whence;
	file->position = 0;
	return 0;
}

long file_ioctl(struct file *file, u32 command, struct user_ptr argument)
{
	if (file->flags & ABI_O_PATH)
		return -EBADF;
	if (command == ABI_FIONREAD && inode_is_regular(file->inode)) {
		s32 left = atomic_load(&file->inode->size) - atomic_load_relaxed(&file->position);

		return user_put(argument, &left);
	}
	return file->ops->ioctl ? file->ops->ioctl(file, command, argument) : -ENOTTY;
}

long file_allocate(struct file *file, int mode, long offset, long length)
{
	u32 type = file->inode->mode & ABI_S_IFMT;

	if (file->flags & ABI_O_PATH)
		return -EBADF;
	if (offset < 0 || length <= 0)
		return -EINVAL;
	if (mode != 0 && mode != ABI_FALLOC_FL_KEEP_SIZE &&
		mode != (ABI_FALLOC_FL_PUNCH_HOLE | ABI_FALLOC_FL_KEEP_SIZE))
		return -EOPNOTSUPP;
	if (!file_may_write(file))
		return -EBADF;
	if (type == ABI_S_IFIFO)
		return -ESPIPE;
	if (type != ABI_S_IFREG)
		return type == ABI_S_IFDIR ? -EISDIR : -ENODEV;
	if (length > INT64_MAX - offset)
		return -EFBIG;
	return file->ops->allocate ? file->ops->allocate(file, mode, offset, length) : -EOPNOTSUPP;
}

bool file_emit_dots(struct file *file, u64 *position, file_emit_t emit, void *context)
{
	const struct inode *directory = file->inode;

	if (*position == 0) {
		if (!emit(context, ".", 1, directory->number, ABI_DT_DIR, 1))
			return false;
		*position = 1;
	}
	if (*position == 1) {
		const struct inode *below = directory->covers ? directory->covers : directory;

		if (!emit(context, "..", 2, inode_parent_number(below), ABI_DT_DIR, 2))
			return false;
		*position = 2;
	}
	return true;
}

/* Records gather in kernel memory, since directories emit them under their mutex, and go out a
 * buffer at a time. */
struct dirent_buffer {
	u8 *bytes;
	size_t room, used;
	bool refused;		/* an entry did not fit */
};

static bool dirent_emit(
	void *context, const char *name, size_t length, u64 inode, u8 type, u64 next)
{
	struct dirent_buffer *buffer = context;
	size_t size = ALIGN_UP(offsetof(struct abi_dirent64, d_name) + length + 1, 8);
	struct abi_dirent64 *entry = (void *)(buffer->bytes + buffer->used);

	if (size > buffer->room - buffer->used) {
		buffer->refused = true;
		return false;
	}
	entry->d_ino = inode;
	entry->d_off = next;
	entry->d_reclen = size;
	entry->d_type = type;
	memcpy(entry->d_name, name, length);
	memset(entry->d_name + length, 0, size - offsetof(struct abi_dirent64, d_name) - length);
	buffer->used += size;
	return true;
}

/* The position moves only over entries that have reached the user. */
static long getdents_locked(struct file *file, struct user_ptr user, size_t size, u8 *bytes)
{
	struct dirent_buffer buffer = { .bytes = bytes };
	size_t done = 0;
	int error;

	do {
		u64 position = file->position;

		buffer.room = MIN(size - done, PAGE_SIZE);
		buffer.used = 0;
		buffer.refused = false;
		error = file->ops->readdir(file, &position, dirent_emit, &buffer);
		if (!error && buffer.used == 0 && buffer.refused)
			error = -EINVAL;
		if (!error)
			error = user_write_bytes(
				user_ptr_add(user, done), buffer.bytes, buffer.used);
		if (error)
			return done ? (long)done : error;
		file->position = position;
		done += buffer.used;
	} while (buffer.refused);
	return done;
}

long file_getdents(struct file *file, struct user_ptr user, size_t size)
{
	u8 *bytes;
	long result;

	if (!file->ops->readdir)
		return file->flags & ABI_O_PATH ? -EBADF : -ENOTDIR;
	if (file->inode->links == 0)
		return -ENOENT;
	bytes = kmalloc(PAGE_SIZE);
	if (!bytes)
		return -ENOMEM;
	mutex_lock(&file->position_lock);
	result = getdents_locked(file, user, size, bytes);
	mutex_unlock(&file->position_lock);
	kfree(bytes);
	return result;
}

u64 file_count(void)
{
	return stat_read(&fs_open_files);
}
