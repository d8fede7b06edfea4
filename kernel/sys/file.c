/* System calls on files and descriptors. */
#include "fs/fs.h"
#include "lib/string.h"
#include "mem/slab.h"
#include "proc/signal.h"
#include "sys/fd.h"
#include "vm/user.h"
#include "x86/paging.h"
#include <abi/fcntl.h>
#include <abi/signal.h>
#include <abi/stat.h>
#include <abi/uio.h>
#include <gen/syscalls.h>

#define TRANSFER_MAX	0x7ffff000ul	/* bytes of one read or write; what is over is left for the next */
#define VEC_ON_STACK	8

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

long sys_read(int fd, struct user_ptr buf, size_t count)
{
	struct io_vec vec;
	struct io io;
	struct file *file = fd_get(fd);
	long result = -EFAULT;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (user_range(buf, count)) {
		io_init_user(&io, &vec, buf, MIN(count, TRANSFER_MAX));
		result = file_read(file, &io);
	}
	file_put(file);
	return result;
}

long sys_write(int fd, struct user_ptr buf, size_t count)
{
	struct io_vec vec;
	struct io io;
	struct file *file = fd_get(fd);
	long result = -EFAULT;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (user_range(buf, count)) {
		io_init_user(&io, &vec, buf, MIN(count, TRANSFER_MAX));
		result = file_write(file, &io);
	}
	file_put(file);
	return write_result(result);
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

static long transfer_vec(struct file *file, const struct io_vec *vec, int count,
			 long (*transfer)(struct file *file, struct io *io))
{
	struct io io;

	io_init_vec(&io, vec, count);
	return transfer(file, &io);
}

static long read_and_transfer(struct file *file, struct io_vec *vec, struct user_ptr iov, int count,
			      long (*transfer)(struct file *file, struct io *io))
{
	size_t total = 0;

	for (int i = 0; i < count; i++) {
		int error = read_iovec(&vec[i], iov, i, &total);
		if (error)
			return error;
	}
	return transfer_vec(file, vec, count, transfer);
}

static long do_vec(int fd, struct user_ptr iov, int count, long (*transfer)(struct file *file, struct io *io))
{
	struct io_vec few[VEC_ON_STACK], *vec = few;
	struct file *file = fd_get(fd);
	long result = -EINVAL;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (count >= 0 && count <= ABI_IOV_MAX) {
		if (count > VEC_ON_STACK)
			vec = kmalloc(count * sizeof(*vec));
		result = vec ? read_and_transfer(file, vec, iov, count, transfer) : -ENOMEM;
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

/* Where the relative path of a call with a directory descriptor begins: NULL for the working directory, else the descriptor's
 * inode with *held to be put back. Absolute paths do not look at it. */
static struct inode *start_get(int dirfd, const char *path, struct file **held)
{
	*held = NULL;
	if (path[0] == '/' || dirfd == ABI_AT_FDCWD)
		return NULL;
	struct file *file = fd_get(dirfd);
	if (IS_ERR(file))
		return ERR_PTR(PTR_ERR(file));
	if (path[0] != '\0' && (file->inode->mode & ABI_S_IFMT) != ABI_S_IFDIR) {
		file_put(file);
		return ERR_PTR(-ENOTDIR);
	}
	*held = file;
	return file->inode;
}

static void start_put(struct file *held)
{
	if (held)
		file_put(held);
}

long sys_openat(int dirfd, struct user_ptr path, int flags, unsigned int mode)
{
	struct file *held;
	char *name = path_from_user(path, false);
	if (IS_ERR(name))
		return PTR_ERR(name);
	struct inode *start = start_get(dirfd, name, &held);
	long result = PTR_ERR(start);
	if (!IS_ERR(start)) {
		struct file *file = path_open(process_current()->fs, start, name, flags, mode);
		result = IS_ERR(file) ? PTR_ERR(file) : fd_install(file, 0, flags & ABI_O_CLOEXEC);
		start_put(held);
	}
	path_free(name);
	return result;
}

long sys_open(struct user_ptr path, int flags, unsigned int mode)
{
	return sys_openat(ABI_AT_FDCWD, path, flags, mode);
}

long sys_close(int fd)
{
	return file_table_close(process_current()->files, fd);
}

static long put_stat(struct inode *inode, struct user_ptr statbuf)
{
	struct abi_stat stat;

	memset(&stat, 0, sizeof(stat));
	inode_stat(inode, &stat);
	return user_put(statbuf, &stat);
}

long sys_fstat(int fd, struct user_ptr statbuf)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = put_stat(file->inode, statbuf);
	file_put(file);
	return result;
}

static long stat_path(struct inode *start, const char *path, struct user_ptr statbuf, bool follow)
{
	struct inode *inode = path_lookup(process_current()->fs, start, path, follow);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = put_stat(inode, statbuf);
	inode_put(inode);
	return result;
}

long sys_newfstatat(int dirfd, struct user_ptr path, struct user_ptr statbuf, int flags)
{
	struct file *held;

	if (flags & ~(ABI_AT_SYMLINK_NOFOLLOW | ABI_AT_NO_AUTOMOUNT | ABI_AT_EMPTY_PATH))
		return -EINVAL;
	char *name = path_from_user(path, flags & ABI_AT_EMPTY_PATH);
	if (IS_ERR(name))
		return PTR_ERR(name);
	struct inode *start = start_get(dirfd, name, &held);
	long result = PTR_ERR(start);
	if (!IS_ERR(start)) {
		/* An empty path means the descriptor itself. */
		if (name[0] == '\0' && start)
			result = put_stat(start, statbuf);
		else
			result = stat_path(start, name[0] ? name : ".", statbuf, !(flags & ABI_AT_SYMLINK_NOFOLLOW));
		start_put(held);
	}
	path_free(name);
	return result;
}

long sys_stat(struct user_ptr path, struct user_ptr statbuf)
{
	return sys_newfstatat(ABI_AT_FDCWD, path, statbuf, 0);
}

long sys_lseek(int fd, long offset, int whence)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = file_seek(file, offset, whence);
	file_put(file);
	return result;
}

long sys_ioctl(int fd, unsigned int op, unsigned long arg)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = file_ioctl(file, op, (struct user_ptr){ arg });
	file_put(file);
	return result;
}

long sys_pipe2(struct user_ptr pipefd, int flags)
{
	struct file *ends[2];
	int fds[2];

	if (flags & ~(ABI_O_CLOEXEC | ABI_O_NONBLOCK))
		return -EINVAL;
	int error = pipe_new(ends, flags & ABI_O_NONBLOCK);
	if (error)
		return error;
	fds[0] = fd_install(ends[0], 0, flags & ABI_O_CLOEXEC);
	if (fds[0] < 0) {
		file_put(ends[1]);
		return fds[0];
	}
	fds[1] = fd_install(ends[1], 0, flags & ABI_O_CLOEXEC);
	error = fds[1] < 0 ? fds[1] : user_put(pipefd, &fds);
	if (error) {
		sys_close(fds[0]);
		if (fds[1] >= 0)
			sys_close(fds[1]);
	}
	return error;
}

long sys_pipe(struct user_ptr pipefd)
{
	return sys_pipe2(pipefd, 0);
}

long sys_dup(int oldfd)
{
	struct file *file = fd_get(oldfd);
	return IS_ERR(file) ? PTR_ERR(file) : fd_install(file, 0, false);
}

long sys_dup2(int oldfd, int newfd)
{
	struct file *file = fd_get(oldfd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	if (oldfd == newfd) {
		file_put(file);
		return newfd;
	}
	int fd = file_table_install_at(process_current()->files, file, newfd, false);
	if (fd < 0)
		file_put(file);
	return fd;
}

static long dup_from(int oldfd, unsigned long lowest, bool close_on_exec)
{
	struct file *file = fd_get(oldfd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	if (lowest >= FILES_MAX) {
		file_put(file);
		return -EINVAL;
	}
	return fd_install(file, lowest, close_on_exec);
}

#define SETTABLE_FLAGS	(ABI_O_APPEND | ABI_O_NONBLOCK)

/* The status flags of the open file, which all its descriptors share. */
static long file_flags(int fd, bool set, unsigned long flags)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = READ_ONCE(file->flags);
	if (set) {
		WRITE_ONCE(file->flags, (result & ~SETTABLE_FLAGS) | (flags & SETTABLE_FLAGS));
		result = 0;
	}
	file_put(file);
	return result;
}

long sys_fcntl(int fd, int cmd, unsigned long arg)
{
	struct file_table *table = process_current()->files;

	switch (cmd) {
	case ABI_F_DUPFD:
	case ABI_F_DUPFD_CLOEXEC:
		return dup_from(fd, arg, cmd == ABI_F_DUPFD_CLOEXEC);
	case ABI_F_GETFD:
		return file_table_get_close_on_exec(table, fd);
	case ABI_F_SETFD:
		return file_table_set_close_on_exec(table, fd, arg & ABI_FD_CLOEXEC);
	case ABI_F_GETFL:
	case ABI_F_SETFL:
		return file_flags(fd, cmd == ABI_F_SETFL, arg);
	default:
		return file_table_get_close_on_exec(table, fd) < 0 ? -EBADF : -EINVAL;
	}
}

long sys_getcwd(struct user_ptr buf, size_t size)
{
	char *path = kmalloc(ABI_PATH_MAX);
	if (!path)
		return -ENOMEM;
	long length = path_getcwd(process_current()->fs, path, MIN(size, (size_t)ABI_PATH_MAX));
	if (length > 0) {
		int error = user_write_bytes(buf, path, length);
		if (error)
			length = error;
	}
	kfree(path);
	return length;
}

long sys_chdir(struct user_ptr path)
{
	char *name = path_from_user(path, false);
	if (IS_ERR(name))
		return PTR_ERR(name);
	long result = path_chdir(process_current()->fs, name);
	path_free(name);
	return result;
}

long sys_mkdir(struct user_ptr path, unsigned int mode)
{
	char *name = path_from_user(path, false);
	if (IS_ERR(name))
		return PTR_ERR(name);
	long result = path_mkdir(process_current()->fs, NULL, name, mode);
	path_free(name);
	return result;
}

long sys_rmdir(struct user_ptr path)
{
	char *name = path_from_user(path, false);
	if (IS_ERR(name))
		return PTR_ERR(name);
	long result = path_rmdir(process_current()->fs, NULL, name);
	path_free(name);
	return result;
}

long sys_unlink(struct user_ptr path)
{
	char *name = path_from_user(path, false);
	if (IS_ERR(name))
		return PTR_ERR(name);
	long result = path_unlink(process_current()->fs, NULL, name);
	path_free(name);
	return result;
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
