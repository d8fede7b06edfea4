/* System calls on descriptors and open files. */
#include "fs/attributes.h"
#include "fs/pipe.h"
#include "sys/fd.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <gen/syscalls.h>

long sys_close(int fd)
{
	return file_table_close(process_current()->files, fd);
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
	int fd = -EBADF;
	if ((unsigned int)newfd < limits_files())
		fd = file_table_install_at(process_current()->files, file, newfd, false);
	if (fd < 0)
		file_put(file);
	return fd;
}

long sys_dup3(int oldfd, int newfd, int flags)
{
	if (flags & ~ABI_O_CLOEXEC || oldfd == newfd)
		return -EINVAL;
	struct file *file = fd_get(oldfd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	int fd = file_table_install_at(
		process_current()->files, file, newfd, flags & ABI_O_CLOEXEC);
	if (fd < 0)
		file_put(file);
	return fd;
}

static long dup_from(int oldfd, unsigned long lowest, bool close_on_exec)
{
	struct file *file = fd_get(oldfd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	if (lowest >= limits_files()) {
		file_put(file);
		return -EINVAL;
	}
	return fd_install(file, lowest, close_on_exec);
}

#define SETTABLE_FLAGS	(ABI_O_APPEND | ABI_O_NONBLOCK | ABI_O_NOATIME)

/* The status flags of the open file, which all its descriptors share. */
static long file_flags(int fd, bool set, unsigned long flags)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = READ_ONCE(file->flags);
	if (set && result & ABI_O_PATH) {
		result = -EBADF;
	} else if (set && flags & ~result & ABI_O_NOATIME &&
		!inode_is_owner(process_current()->fs, file->inode)) {
		result = -EPERM;
	} else if (set) {
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
