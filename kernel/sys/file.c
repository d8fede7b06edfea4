/* System calls on descriptors and open files. */
#include "fs/attributes.h"
#include "fs/pipe.h"
#include "fs/tmpfs.h"
#include "sys/fd.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <gen/syscalls.h>

#define MEMFD_NAME_MAX	249

long sys_close(int fd)
{
	return file_table_close(task_current()->files, fd);
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
	struct file_table *table = task_current()->files;
	struct file *ends[2];
	int fds[2];

	if (flags & ~(ABI_O_CLOEXEC | ABI_O_NONBLOCK))
		return -EINVAL;
	fds[0] = fd_reserve();
	if (fds[0] < 0)
		return fds[0];
	fds[1] = fd_reserve();
	int error = fds[1] < 0 ? fds[1] : user_put(pipefd, &fds);
	if (!error)
		error = pipe_new(ends, flags & ABI_O_NONBLOCK);
	for (int i = 0; i < 2; i++) {
		if (!error)
			file_table_fill(table, fds[i], ends[i], flags & ABI_O_CLOEXEC);
		else if (fds[i] >= 0)
			file_table_cancel(table, fds[i]);
	}
	return error;
}

long sys_pipe(struct user_ptr pipefd)
{
	return sys_pipe2(pipefd, 0);
}

/* Its name is looked at no further: it only shows where the file does. */
long sys_memfd_create(struct user_ptr name, unsigned int flags)
{
	char label[MEMFD_NAME_MAX + 1];

	if (flags & ~(ABI_MFD_CLOEXEC | ABI_MFD_ALLOW_SEALING))
		return -EINVAL;
	long length = user_read_string(label, name, sizeof(label));
	if (length < 0)
		return length == -ENAMETOOLONG ? -EINVAL : length;
	int fd = fd_reserve();
	if (fd < 0)
		return fd;
	struct inode *inode = tmpfs_file_new(label, length, flags & ABI_MFD_ALLOW_SEALING);
	struct file *file = IS_ERR(inode) ? ERR_PTR(-ENOMEM) : file_open(inode, ABI_O_RDWR);
	if (!IS_ERR(inode))
		inode_put(inode);
	if (IS_ERR(file)) {
		file_table_cancel(task_current()->files, fd);
		return PTR_ERR(file);
	}
	inode->uid = task_current()->thread.fs->euid;
	inode->gid = task_current()->thread.fs->egid;
	file_table_fill(task_current()->files, fd, file, flags & ABI_MFD_CLOEXEC);
	return fd;
}

long sys_fallocate(int fd, int mode, long offset, long length)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = limits_size_result(file_allocate(file, mode, offset, length));
	file_put(file);
	return result;
}

long sys_dup(int oldfd)
{
	struct file *file = fd_get(oldfd);
	return IS_ERR(file) ? PTR_ERR(file) : fd_install(file, 0, false);
}

/* Takes over the reference to the file. */
static long dup_at(struct file *file, int newfd, bool close_on_exec)
{
	int fd = file_table_install_at(
		task_current()->files, file, newfd, limits_files(), close_on_exec);
	if (fd < 0)
		file_put(file);
	return fd;
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
	return dup_at(file, newfd, false);
}

long sys_dup3(int oldfd, int newfd, int flags)
{
	if (flags & ~ABI_O_CLOEXEC || oldfd == newfd)
		return -EINVAL;
	struct file *file = fd_get(oldfd);
	return IS_ERR(file) ? PTR_ERR(file) : dup_at(file, newfd, flags & ABI_O_CLOEXEC);
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

static long file_seals(int fd, bool add, unsigned long seals)
{
	struct file *file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result;
	if (!add)
		result = tmpfs_file_seals(file->inode);
	else
		result = file_may_write(file) ? tmpfs_file_seal(file->inode, seals) : -EPERM;
	file_put(file);
	return result;
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
		!inode_is_owner(task_current()->thread.fs, file->inode)) {
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
	struct file_table *table = task_current()->files;

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
	case ABI_F_ADD_SEALS:
	case ABI_F_GET_SEALS:
		return file_seals(fd, cmd == ABI_F_ADD_SEALS, arg);
	default:
		return file_table_get_close_on_exec(table, fd) < 0 ? -EBADF : -EINVAL;
	}
}
