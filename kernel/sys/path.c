/* System calls that open and look at what paths lead to, and the place where paths begin. */
#include "fs/fs.h"
#include "lib/atomic.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "sys/fd.h"
#include "sys/path_arg.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <abi/stat.h>
#include <abi/statfs.h>
#include <gen/syscalls.h>

static long open_path(const struct path_arg *arg, int flags, unsigned int mode)
{
	struct task *self = task_current();
	int fd = fd_reserve();

	if (fd < 0)
		return fd;
	struct file *file = path_open(self->thread.fs, arg->start, arg->name, flags, mode);
	if (IS_ERR(file)) {
		file_table_cancel(self->files, fd);
		return PTR_ERR(file);
	}
	file_table_fill(self->files, fd, file, flags & ABI_O_CLOEXEC);
	return fd;
}

long sys_openat(int dirfd, struct user_ptr path, int flags, unsigned int mode)
{
	struct path_arg arg;

	long result = path_arg_get(&arg, dirfd, path, false);
	if (!result)
		result = open_path(&arg, flags, mode);
	path_arg_put(&arg);
	return result;
}

long sys_open(struct user_ptr path, int flags, unsigned int mode)
{
	return sys_openat(ABI_AT_FDCWD, path, flags, mode);
}

long sys_creat(struct user_ptr path, unsigned int mode)
{
	return sys_openat(ABI_AT_FDCWD, path, ABI_O_CREAT | ABI_O_WRONLY | ABI_O_TRUNC, mode);
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

long sys_newfstatat(int dirfd, struct user_ptr path, struct user_ptr statbuf, int flags)
{
	if (flags & ~(ABI_AT_SYMLINK_NOFOLLOW | ABI_AT_NO_AUTOMOUNT | ABI_AT_EMPTY_PATH))
		return -EINVAL;
	struct inode *inode = path_arg_inode(dirfd, path, flags);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = put_stat(inode, statbuf);
	inode_put(inode);
	return result;
}

long sys_stat(struct user_ptr path, struct user_ptr statbuf)
{
	return sys_newfstatat(ABI_AT_FDCWD, path, statbuf, 0);
}

long sys_lstat(struct user_ptr path, struct user_ptr statbuf)
{
	return sys_newfstatat(ABI_AT_FDCWD, path, statbuf, ABI_AT_SYMLINK_NOFOLLOW);
}

static long put_statfs(struct inode *inode, struct user_ptr buf)
{
	struct abi_statfs statfs;

	memset(&statfs, 0, sizeof(statfs));
	fs_statfs(inode, &statfs);
	return user_put(buf, &statfs);
}

long sys_statfs(struct user_ptr path, struct user_ptr buf)
{
	struct inode *inode = path_arg_inode(ABI_AT_FDCWD, path, 0);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = put_statfs(inode, buf);
	inode_put(inode);
	return result;
}

long sys_fstatfs(int fd, struct user_ptr buf)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = put_statfs(file->inode, buf);
	file_put(file);
	return result;
}

/* For whom access(2) asks: who the thread really is, unless told otherwise. The thread's own context
 * or a new one. */
static struct fs_context *access_context(int flags)
{
	struct fs_context *own = task_current()->thread.fs;

	if (flags & ABI_AT_EACCESS || (own->uid == own->euid && own->gid == own->egid))
		return own;
	struct fs_context *real = fs_context_copy(own, true);
	if (real) {
		real->euid = own->uid;
		real->egid = own->gid;
	}
	return real;
}

static long check_access(
	struct fs_context *context, const struct path_arg *arg, u32 mode, int flags)
{
	bool follow = !(flags & ABI_AT_SYMLINK_NOFOLLOW);
	struct inode *inode;

	if (arg->name[0] == '\0')
		inode = path_arg_lookup(arg, follow);
	else
		inode = path_lookup(context, arg->start, arg->name, follow);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = path_permission(context, inode, mode);
	inode_put(inode);
	return result;
}

long sys_faccessat2(int dirfd, struct user_ptr path, int mode, int flags)
{
	struct path_arg arg;

	if (mode & ~(int)(PATH_READ | PATH_WRITE | PATH_EXEC) ||
		flags & ~(ABI_AT_EACCESS | ABI_AT_SYMLINK_NOFOLLOW | ABI_AT_EMPTY_PATH))
		return -EINVAL;
	struct fs_context *context = access_context(flags);
	if (!context)
		return -ENOMEM;
	long result = path_arg_get(&arg, dirfd, path, flags & ABI_AT_EMPTY_PATH);
	if (!result)
		result = check_access(context, &arg, mode, flags);
	path_arg_put(&arg);
	if (context != task_current()->thread.fs)
		fs_context_free(context);
	return result;
}

long sys_faccessat(int dirfd, struct user_ptr path, int mode)
{
	return sys_faccessat2(dirfd, path, mode, 0);
}

long sys_access(struct user_ptr path, int mode)
{
	return sys_faccessat2(ABI_AT_FDCWD, path, mode, 0);
}

long sys_getcwd(struct user_ptr buf, size_t size)
{
	char *path = kmalloc(ABI_PATH_MAX);
	if (!path)
		return -ENOMEM;
	long length = path_getcwd(task_current()->thread.fs, path, MIN(size, (size_t)ABI_PATH_MAX));
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
	long result = path_chdir(task_current()->thread.fs, name);
	path_free(name);
	return result;
}

long sys_fchdir(int fd)
{
	struct file *file = fd_get(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = path_fchdir(task_current()->thread.fs, file->inode);
	file_put(file);
	return result;
}

long sys_umask(unsigned int mask)
{
	return atomic_exchange(&task_current()->thread.fs->place->umask, mask & 0777);
}
