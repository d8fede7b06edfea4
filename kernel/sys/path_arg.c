/* Paths as arguments (sys/path_arg.h). */
#include "sys/path_arg.h"

#include "sys/fd.h"
#include <abi/fcntl.h>

/* Absolute paths do not look at the descriptor. */
static int find_start(struct path_arg *arg, int dirfd)
{
	if (arg->name[0] == '/' || dirfd == ABI_AT_FDCWD)
		return 0;
	struct file *file = fd_get(dirfd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	if (arg->name[0] != '\0' && !inode_is_directory(file->inode)) {
		file_put(file);
		return -ENOTDIR;
	}
	arg->held = file;
	arg->start = file->inode;
	return 0;
}

int path_arg_get(struct path_arg *arg, int dirfd, struct user_ptr path, bool empty_ok)
{
	*arg = (struct path_arg){ 0 };
	char *name = path_from_user(path, empty_ok);
	if (IS_ERR(name))
		return PTR_ERR(name);
	arg->name = name;
	return find_start(arg, dirfd);
}

void path_arg_put(struct path_arg *arg)
{
	if (arg->held)
		file_put(arg->held);
	path_free(arg->name);
}

struct inode *path_arg_lookup(const struct path_arg *arg, bool follow)
{
	if (arg->name[0] == '\0' && arg->start) {
		inode_get(arg->start);
		return arg->start;
	}
	return path_lookup(
		task_current()->thread.fs, arg->start, arg->name[0] ? arg->name : ".", follow);
}

struct inode *path_arg_inode(int dirfd, struct user_ptr path, int flags)
{
	struct path_arg arg;

	int error = path_arg_get(&arg, dirfd, path, flags & ABI_AT_EMPTY_PATH);
	struct inode *inode = error ? ERR_PTR(error)
				    : path_arg_lookup(&arg, !(flags & ABI_AT_SYMLINK_NOFOLLOW));
	path_arg_put(&arg);
	return inode;
}
