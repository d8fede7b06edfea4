/* System calls that move the bytes of files: read, write and their kind. */
#include "mem/slab.h"
#include "proc/signal.h"
#include "sys/fd.h"
#include "vm/user.h"
#include "x86/paging.h"
#include <abi/signal.h>
#include <abi/uio.h>
#include <gen/syscalls.h>

#define TRANSFER_MAX	0x7ffff000ul	/* bytes of one call; what is over is left for the next */
#define VEC_ON_STACK	8

/* file_read or file_write. */
typedef long (*transfer_t)(struct file *file, struct io *io);

/* Linux refuses addresses of the kernel before it looks whether there is anything to copy. */
static bool user_range(struct user_ptr base, size_t length)
{
	return length <= USER_END && base.addr <= USER_END - length;
}

/* A write to a pipe that nobody reads is answered by a signal too. */
static long write_result(long result)
{
	if (result == -EPIPE)
		process_signal(process_current(), ABI_SIGPIPE);
	return result;
}

static long do_one(int fd, struct user_ptr buf, size_t count, transfer_t transfer)
{
	struct io_vec vec;
	struct io io;
	struct file *file = fd_get(fd);
	long result = -EFAULT;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (user_range(buf, count)) {
		io_init_user(&io, &vec, buf, MIN(count, TRANSFER_MAX));
		result = transfer(file, &io);
	}
	file_put(file);
	return result;
}

long sys_read(int fd, struct user_ptr buf, size_t count)
{
	return do_one(fd, buf, count, file_read);
}

long sys_write(int fd, struct user_ptr buf, size_t count)
{
	return write_result(do_one(fd, buf, count, file_write));
}

/* Copies one element and cuts it so that the sum stays within TRANSFER_MAX. */
static int read_iovec(struct io_vec *vec, struct user_ptr iov, int index, size_t *total)
{
	struct abi_iovec element;

	int error = user_get_at(&element, iov, index);
	if (error)
		return error;
	if ((s64)element.iov_len < 0)
		return -EINVAL;
	vec->base.addr = element.iov_base;
	if (!user_range(vec->base, element.iov_len))
		return -EFAULT;
	vec->length = MIN(element.iov_len, TRANSFER_MAX - *total);
	*total += vec->length;
	return 0;
}

static long do_copied(struct file *file, struct io_vec *vec, struct user_ptr iov, int count,
	transfer_t transfer)
{
	struct io io;
	size_t total = 0;

	for (int i = 0; i < count; i++) {
		int error = read_iovec(&vec[i], iov, i, &total);
		if (error)
			return error;
	}
	io_init_vec(&io, vec, count);
	return transfer(file, &io);
}

static long do_vec(int fd, struct user_ptr iov, int count, transfer_t transfer)
{
	struct io_vec few[VEC_ON_STACK], *vec = few;
	struct file *file = fd_get(fd);
	long result = -EINVAL;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (count >= 0 && count <= ABI_IOV_MAX) {
		if (count > VEC_ON_STACK)
			vec = kmalloc(count * sizeof(*vec));
		result = vec ? do_copied(file, vec, iov, count, transfer) : -ENOMEM;
		if (vec != few)
			kfree(vec);
	}
	file_put(file);
	return result;
}

long sys_readv(int fd, struct user_ptr iov, int iovcnt)
{
	return do_vec(fd, iov, iovcnt, file_read);
}

long sys_writev(int fd, struct user_ptr iov, int iovcnt)
{
	return write_result(do_vec(fd, iov, iovcnt, file_write));
}

long sys_getdents64(int fd, struct user_ptr dirp, size_t count)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = file_getdents(file, dirp, MIN(count, TRANSFER_MAX));
	file_put(file);
	return result;
}
