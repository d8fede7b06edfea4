/* System calls that make, move and remove names. */
#include "fs/attributes.h"
#include "fs/names.h"
#include "mem/kmalloc.h"
#include "sys/fd.h"
#include "sys/path_arg.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <abi/stat.h>
#include <gen/syscalls.h>

long sys_mkdirat(int dirfd, struct user_ptr path, unsigned int mode)
{
	struct path_arg arg;

	long result = path_arg_get(&arg, dirfd, path, false);
	if (!result)
		result = path_mkdir(task_current()->thread.fs, arg.start, arg.name, mode);
	path_arg_put(&arg);
	return result;
}

long sys_mkdir(struct user_ptr path, unsigned int mode)
{
	return sys_mkdirat(ABI_AT_FDCWD, path, mode);
}

/* Devices and sockets cannot be made: as mknod(2) says of file systems that do not have them. */
static int mknod_check(unsigned int mode)
{
	switch (mode & ABI_S_IFMT) {
	case ABI_S_IFREG:
	case ABI_S_IFIFO:
		return 0;
	case ABI_S_IFCHR:
	case ABI_S_IFBLK:
	case ABI_S_IFSOCK:
	case ABI_S_IFDIR:
		return -EPERM;
	default:
		return -EINVAL;
	}
}

long sys_mknodat(int dirfd, struct user_ptr path, unsigned int mode, unsigned int dev)
{
	struct path_arg arg;

	(void)dev;
	if (!(mode & ABI_S_IFMT))
		mode |= ABI_S_IFREG;
	long result = mknod_check(mode);
	if (result)
		return result;
	result = path_arg_get(&arg, dirfd, path, false);
	if (!result)
		result = path_mknod(task_current()->thread.fs, arg.start, arg.name, mode);
	path_arg_put(&arg);
	return result;
}

long sys_mknod(struct user_ptr path, unsigned int mode, unsigned int dev)
{
	return sys_mknodat(ABI_AT_FDCWD, path, mode, dev);
}

long sys_unlinkat(int dirfd, struct user_ptr path, int flags)
{
	struct path_arg arg;

	if (flags & ~ABI_AT_REMOVEDIR)
		return -EINVAL;
	long result = path_arg_get(&arg, dirfd, path, false);
	if (!result && flags)
		result = path_rmdir(task_current()->thread.fs, arg.start, arg.name);
	else if (!result)
		result = path_unlink(task_current()->thread.fs, arg.start, arg.name);
	path_arg_put(&arg);
	return result;
}

long sys_unlink(struct user_ptr path)
{
	return sys_unlinkat(ABI_AT_FDCWD, path, 0);
}

long sys_rmdir(struct user_ptr path)
{
	return sys_unlinkat(ABI_AT_FDCWD, path, ABI_AT_REMOVEDIR);
}

long sys_linkat(
	int olddirfd, struct user_ptr oldpath, int newdirfd, struct user_ptr newpath, int flags)
{
	struct path_arg arg;

	if (flags & ~(ABI_AT_SYMLINK_FOLLOW | ABI_AT_EMPTY_PATH))
		return -EINVAL;
	/* A name for a descriptor is for those who may look everywhere. */
	if (flags & ABI_AT_EMPTY_PATH && task_current()->thread.fs->euid != 0)
		return -ENOENT;
	struct inode *inode = path_arg_inode(olddirfd, oldpath,
		(flags & ABI_AT_EMPTY_PATH) |
			(flags & ABI_AT_SYMLINK_FOLLOW ? 0 : ABI_AT_SYMLINK_NOFOLLOW));
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = path_arg_get(&arg, newdirfd, newpath, false);
	if (!result)
		result = path_link(task_current()->thread.fs, inode, arg.start, arg.name);
	path_arg_put(&arg);
	inode_put(inode);
	return result;
}

long sys_link(struct user_ptr oldpath, struct user_ptr newpath)
{
	return sys_linkat(ABI_AT_FDCWD, oldpath, ABI_AT_FDCWD, newpath, 0);
}

long sys_symlinkat(struct user_ptr target, int newdirfd, struct user_ptr linkpath)
{
	struct path_arg arg;

	char *text = path_from_user(target, false);
	if (IS_ERR(text))
		return PTR_ERR(text);
	long result = path_arg_get(&arg, newdirfd, linkpath, false);
	if (!result)
		result = path_symlink(task_current()->thread.fs, text, arg.start, arg.name);
	path_arg_put(&arg);
	path_free(text);
	return result;
}

long sys_symlink(struct user_ptr target, struct user_ptr linkpath)
{
	return sys_symlinkat(target, ABI_AT_FDCWD, linkpath);
}

static long put_link(struct inode *inode, struct user_ptr buf, size_t size)
{
	char *text = kmalloc(ABI_PATH_MAX);
	if (!text)
		return -ENOMEM;
	long length = inode_read_link(inode, text, MIN(size, (size_t)ABI_PATH_MAX));
	if (length >= 0 && user_write_bytes(buf, text, length) < 0)
		length = -EFAULT;
	kfree(text);
	return length;
}

long sys_readlinkat(int dirfd, struct user_ptr path, struct user_ptr buf, int bufsiz)
{
	struct path_arg arg;

	if (bufsiz <= 0)
		return -EINVAL;
	long result = path_arg_get(&arg, dirfd, path, true);
	if (!result) {
		struct inode *inode = path_arg_lookup(&arg, false);
		result = IS_ERR(inode) ? PTR_ERR(inode) : put_link(inode, buf, bufsiz);
		if (!IS_ERR(inode))
			inode_put(inode);
		if (result == -EINVAL && arg.name[0] == '\0')
			result = -ENOENT;
	}
	path_arg_put(&arg);
	return result;
}

long sys_readlink(struct user_ptr path, struct user_ptr buf, int bufsiz)
{
	return sys_readlinkat(ABI_AT_FDCWD, path, buf, bufsiz);
}

long sys_renameat2(int olddirfd, struct user_ptr oldpath, int newdirfd, struct user_ptr newpath,
	unsigned int flags)
{
	struct path_arg from, to;

	if (flags & ~(ABI_RENAME_NOREPLACE | ABI_RENAME_EXCHANGE) ||
		flags == (ABI_RENAME_NOREPLACE | ABI_RENAME_EXCHANGE))
		return -EINVAL;
	long result = path_arg_get(&from, olddirfd, oldpath, false);
	if (!result) {
		result = path_arg_get(&to, newdirfd, newpath, false);
		if (!result)
			result = path_rename(task_current()->thread.fs,
				&(struct path_end){ from.start, from.name },
				&(struct path_end){ to.start, to.name }, flags);
		path_arg_put(&to);
	}
	path_arg_put(&from);
	return result;
}

long sys_renameat(int olddirfd, struct user_ptr oldpath, int newdirfd, struct user_ptr newpath)
{
	return sys_renameat2(olddirfd, oldpath, newdirfd, newpath, 0);
}

long sys_rename(struct user_ptr oldpath, struct user_ptr newpath)
{
	return sys_renameat2(ABI_AT_FDCWD, oldpath, ABI_AT_FDCWD, newpath, 0);
}
