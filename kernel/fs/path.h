/* Path walks (path_resolution(7)). They start from an fs context, which the thread points to;
 * nothing here asks for the current process. All may sleep. Results carry a reference. */
#ifndef FS_PATH_H
#define FS_PATH_H

#include <abi/fcntl.h>

#include "fs/context.h"
#include "fs/file.h"

/* A path as the kernel has it: NUL-terminated, at most ABI_PATH_MAX bytes. path_from_user copies it
 * into a buffer of its own: ERR_PTR(-EFAULT, -ENAMETOOLONG, -ENOENT for "" unless empty_ok,
 * -ENOMEM); path_free gives it back. */
MUST_CHECK char *path_from_user(struct user_ptr path, bool empty_ok);
void path_free(char *path);

/* The inode a path leads to. start: where a relative path begins (NULL: the cwd). follow_last: a
 * symbolic link at the end is followed. -ENOENT, -ENOTDIR, -ENAMETOOLONG, -EACCES, -ELOOP,
 * -ENOMEM. */
struct inode *path_lookup(
	struct fs_context *context, struct inode *start, const char *path, bool follow_last);

/* open(2) with its flags; creates with mode & ~umask. */
struct file *path_open(
	struct fs_context *context, struct inode *start, const char *path, u32 flags, u32 mode);
/* chdir(2); fchdir(2) to a directory. */
int path_chdir(struct fs_context *context, const char *path);
int path_fchdir(struct fs_context *context, struct inode *directory);
/* getcwd(2): the length with NUL, -ERANGE, -ENOENT if the directory has been removed. */
long path_getcwd(struct fs_context *context, char *buffer, size_t size);

#endif
