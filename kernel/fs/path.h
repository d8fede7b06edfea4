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
/* mkdir(2), unlink(2), rmdir(2), chdir(2). */
int path_mkdir(struct fs_context *context, struct inode *start, const char *path, u32 mode);
int path_unlink(struct fs_context *context, struct inode *start, const char *path);
int path_rmdir(struct fs_context *context, struct inode *start, const char *path);
int path_chdir(struct fs_context *context, const char *path);
/* getcwd(2): the length with NUL, -ERANGE, -ENOENT if the directory has been removed. */
long path_getcwd(struct fs_context *context, char *buffer, size_t size);

/* For those that make nodes themselves: the directory in which the last component of path stands,
 * locked, and the component; the name may exist or not. -EEXIST if it is none that could be made
 * ("/", ".."). path_parent_put unlocks and gives the reference back. */
struct path_parent {
	struct inode *directory;
	char name[ABI_NAME_MAX];
	size_t length;
};
MUST_CHECK int path_parent_get(
	struct fs_context *context, struct path_parent *parent, const char *path);
void path_parent_put(struct path_parent *parent);

#endif
