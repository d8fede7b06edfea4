/* System calls that move the bytes of files: read, write and their kind. */
#include "lib/atomic.h"
#include "mem/kmalloc.h"
#include "proc/limits.h"
#include "proc/signal.h"
#include "sched/thread.h"
#include "sys/fd.h"
#include "sys/iovec.h"
#include "vm/user.h"
#include "x86/paging.h"
#include <abi/fcntl.h>
#include <abi/signal.h>
#include <abi/uio.h>
#include <gen/syscalls.h>

#define SEND_BLOCK	PAGE_SIZE

/* file_read_at or file_write_at; or file_read or file_write, which know the position themselves. */
typedef long (*transfer_t)(struct file *file, struct io *io, u64 position);

static long read_on(struct file *file, struct io *io, u64 position)
{
	(void)position;
	return file_read(file, io);
}

static long write_on(struct file *file, struct io *io, u64 position)
{
	(void)position;
	return file_write(file, io);
}

/* A write to a pipe that nobody reads is answered by a signal too. */
static long write_result(long result)
{
	if (result == -EPIPE)
		signal_self(ABI_SIGPIPE);
	return limits_size_result(result);
}

/* What is wrong with a call's memory, unless the file was not opened for it: that comes first. */
static long transfer_error(struct file *file, transfer_t transfer, long error)
{
	struct io_vec vec;
	struct io io;

	io_init_user(&io, &vec, (struct user_ptr){ 0 }, 0);
	long result = transfer(file, &io, 0);
	return result == -EBADF || result == -ESPIPE ? result : error;
}

static long do_one(int fd, struct user_ptr buf, size_t count, transfer_t transfer)
{
	struct io_vec vec;
	struct io io;
	struct file *file = fd_get(fd);
	long result;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (iovec_user_range(buf, count)) {
		io_init_user(&io, &vec, buf, MIN(count, TRANSFER_MAX));
		result = transfer(file, &io, 0);
	} else {
		result = transfer_error(file, transfer, -EFAULT);
	}
	file_put(file);
	return result;
}

long sys_read(int fd, struct user_ptr buf, size_t count)
{
	return do_one(fd, buf, count, read_on);
}

long sys_write(int fd, struct user_ptr buf, size_t count)
{
	return write_result(do_one(fd, buf, count, write_on));
}

static long do_one_at(
	int fd, struct user_ptr buf, size_t count, long offset, transfer_t transfer)
{
	struct io_vec vec;
	struct io io;

	if (offset < 0)
		return -EINVAL;
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	/* What cannot be read at all says so, of nothing to copy; then comes a bad address, and
	 * only then that a directory is none to be read. */
	bool good = iovec_user_range(buf, count);
	io_init_user(&io, &vec, buf, good ? MIN(count, TRANSFER_MAX) : 0);
	long result = transfer(file, &io, offset);
	file_put(file);
	return !good && (result == 0 || result == -EISDIR) ? -EFAULT : result;
}

long sys_pread64(int fd, struct user_ptr buf, size_t count, long offset)
{
	return do_one_at(fd, buf, count, offset, file_read_at);
}

long sys_pwrite64(int fd, struct user_ptr buf, size_t count, long offset)
{
	return limits_size_result(do_one_at(fd, buf, count, offset, file_write_at));
}

static long do_copied(struct file *file, struct io_vec *vec, struct user_ptr iov, int count,
	u64 position, transfer_t transfer)
{
	struct io io;
	long total = iovec_read(vec, iov, count);

	if (total <= 0)
		return transfer_error(file, transfer, total);
	io_init_vec(&io, vec, count);
	return transfer(file, &io, position);
}

static long do_vec(int fd, struct user_ptr iov, int count, u64 position, transfer_t transfer)
{
	struct io_vec few[IOVEC_ON_STACK], *vec = few;
	struct file *file = fd_get(fd);
	long result;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (count < 0 || count > ABI_IOV_MAX) {
		result = transfer_error(file, transfer, -EINVAL);
	} else {
		if (count > IOVEC_ON_STACK)
			vec = kmalloc(count * sizeof(*vec));
		result = vec ? do_copied(file, vec, iov, count, position, transfer) : -ENOMEM;
		if (vec != few)
			kfree(vec);
	}
	file_put(file);
	return result;
}

long sys_readv(int fd, struct user_ptr iov, int iovcnt)
{
	return do_vec(fd, iov, iovcnt, 0, read_on);
}

long sys_writev(int fd, struct user_ptr iov, int iovcnt)
{
	return write_result(do_vec(fd, iov, iovcnt, 0, write_on));
}

/* As glibc calls it on x86-64, all of the offset is in the first of its two halves. */
long sys_preadv(int fd, struct user_ptr iov, int iovcnt, long offset, unsigned long high)
{
	(void)high;
	return offset < 0 ? -EINVAL : do_vec(fd, iov, iovcnt, offset, file_read_at);
}

long sys_pwritev(int fd, struct user_ptr iov, int iovcnt, long offset, unsigned long high)
{
	(void)high;
	return offset < 0 ? -EINVAL : limits_size_result(do_vec(fd, iov, iovcnt, offset, file_write_at));
}

/* What nobody would notice here, and nothing else. */
static long check_flags(int fd, int flags)
{
	struct file *file;

	if (!(flags & ~(ABI_RWF_HIPRI | ABI_RWF_DSYNC | ABI_RWF_SYNC)))
		return 0;
	file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	file_put(file);
	return -EOPNOTSUPP;
}

/* An offset of -1 is the file's own position. */
long sys_preadv2(
	int fd, struct user_ptr iov, int iovcnt, long offset, unsigned long high, int flags)
{
	long error = offset < -1 ? -EINVAL : check_flags(fd, flags);

	if (error)
		return error;
	return offset == -1 ? sys_readv(fd, iov, iovcnt)
			    : sys_preadv(fd, iov, iovcnt, offset, high);
}

long sys_pwritev2(
	int fd, struct user_ptr iov, int iovcnt, long offset, unsigned long high, int flags)
{
	long error = offset < -1 ? -EINVAL : check_flags(fd, flags);

	if (error)
		return error;
	return offset == -1 ? sys_writev(fd, iov, iovcnt)
			    : sys_pwritev(fd, iov, iovcnt, offset, high);
}

/* Copies up to count bytes from *position of in to out, a block at a time; *position moves with what
 * out took. The bytes, or an error if there were none. */
static long send_bytes(struct file *out, struct file *in, s64 *position, size_t count, void *block)
{
	size_t done = 0;
	long got, put = 0;
	struct io io;

	while (done < count && !sched_relax()) {
		io_init_kernel(&io, block, MIN(count - done, SEND_BLOCK));
		got = put = file_read_at(in, &io, *position);
		if (got <= 0)
			break;
		io_init_kernel(&io, block, got);
		put = file_write(out, &io);
		if (put <= 0)
			break;
		done += put;
		*position += put;
		if (put < got)
			break;
	}
	return done ? (long)done : put;
}

static long do_send(struct file *out, struct file *in, s64 *position, size_t count)
{
	void *block;
	long result;

	if (!file_may_write(out))
		return -EBADF;
	if (out->flags & ABI_O_APPEND)
		return -EINVAL;
	if (count == 0)
		return 0;
	if (!in->ops->seek || !in->ops->read)
		return -EINVAL;
	block = kmalloc(SEND_BLOCK);
	if (!block)
		return -ENOMEM;
	result = write_result(send_bytes(out, in, position, count, block));
	kfree(block);
	return result;
}

/* sendfile(2) once both files are there. The position is the caller's or the file's own. */
static long send_from(int out_fd, struct file *in, s64 *given, size_t count)
{
	s64 position = given ? *given : atomic_load((s64 *)&in->position);
	struct file *out;
	long result;

	if (!file_may_read(in))
		return -EBADF;
	if (given && !in->ops->seek)
		return -ESPIPE;
	if (position < 0 || (s64)count < 0 || (s64)(position + count) < 0)
		return -EINVAL;
	out = fd_get(out_fd);
	if (IS_ERR(out))
		return PTR_ERR(out);
	result = do_send(out, in, &position, MIN(count, TRANSFER_MAX));
	file_put(out);
	if (given)
		*given = position;
	else if (result > 0)
		file_seek(in, position, ABI_SEEK_SET);
	return result;
}

long sys_sendfile(int out_fd, int in_fd, struct user_ptr offset, size_t count)
{
	bool given = !user_ptr_is_null(offset);
	s64 position = 0;
	struct file *in;
	long result;

	if (given && user_get(&position, offset) < 0)
		return -EFAULT;
	in = fd_get(in_fd);
	if (IS_ERR(in))
		return PTR_ERR(in);
	result = send_from(out_fd, in, given ? &position : NULL, count);
	file_put(in);
	if (given && user_put(offset, &position) < 0)
		return -EFAULT;
	return result;
}

/* Advice on how a file will be read is taken and not needed: all of it is in memory. */
long sys_fadvise64(int fd, long offset, long length, int advice)
{
	struct file *file = fd_get(fd);
	long result = 0;

	(void)offset;
	if (IS_ERR(file))
		return PTR_ERR(file);
	if (file->flags & ABI_O_PATH)
		result = -EBADF;
	else if ((file->inode->mode & ABI_S_IFMT) == ABI_S_IFIFO)
		result = -ESPIPE;
	else if (length < 0 || advice < ABI_POSIX_FADV_NORMAL || advice > ABI_POSIX_FADV_NOREUSE)
		result = -EINVAL;
	file_put(file);
	return result;
}

long sys_getdents64(int fd, struct user_ptr dirp, size_t count)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	int size = (int)count;	/* as Linux takes it: a negative one has no room */
	long result = file_getdents(file, dirp, MAX(size, 0));
	file_put(file);
	return result;
}
