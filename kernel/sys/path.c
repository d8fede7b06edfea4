/* System calls that name files by paths, and those that say what a file is. */
#include "fs/path.h"
#include "lib/string.h"
#include "mem/slab.h"
#include "sys/fd.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <abi/stat.h>
#include <gen/syscalls.h>

/* Where the relative path of a call with a directory descriptor begins: NULL for the working
 * directory, else the descriptor's inode with *held to be put back. Absolute paths do not look at
 * it. */
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
			result = stat_path(start, name[0] ? name : ".", statbuf,
				!(flags & ABI_AT_SYMLINK_NOFOLLOW));
		start_put(held);
	}
	path_free(name);
	return result;
}

long sys_stat(struct user_ptr path, struct user_ptr statbuf)
{
	return sys_newfstatat(ABI_AT_FDCWD, path, statbuf, 0);
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
