/* The paths that system calls are given, with the directory where a relative one begins. */
#ifndef SYS_PATH_ARG_H
#define SYS_PATH_ARG_H

#include "fs/path.h"

struct path_arg {
	char *name;		/* path_from_user's */
	struct inode *start;	/* NULL: the working directory */
	struct file *held;	/* the open file of which start is, or NULL */
};

/* Takes in a path. Whatever the result, path_arg_put is due. -EFAULT, -ENOENT for "" unless
 * empty_ok, -ENAMETOOLONG, -ENOMEM; -EBADF or -ENOTDIR for the descriptor of a relative path (that
 * of "" may be anything). */
MUST_CHECK int path_arg_get(
	struct path_arg *arg, int dirfd, struct user_ptr path, bool empty_ok);
void path_arg_put(struct path_arg *arg);
/* The inode that it leads to, with a reference: that of the descriptor for "". */
struct inode *path_arg_lookup(const struct path_arg *arg, bool follow);

/* All of it for calls that only want the inode; flags are ABI_AT_SYMLINK_NOFOLLOW and
 * ABI_AT_EMPTY_PATH. */
struct inode *path_arg_inode(int dirfd, struct user_ptr path, int flags);

#endif
