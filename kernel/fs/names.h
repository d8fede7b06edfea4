/* Names: what is made in, moved between and removed from directories. The calls take paths
 * (fs/path.h has what they share); all may sleep.
 *
 * Locking: a directory is locked while its names change, and what loses a name is locked below it
 * (parent before child). A move between two directories locks both, the upper one first, or in any
 * order if neither is above the other; a mutex of rank MUTEX_RENAME lets only one such move go on at
 * a time, so that which of two directories is above the other cannot change meanwhile. */
#ifndef FS_NAMES_H
#define FS_NAMES_H

#include "fs/path.h"
#include "fs/walk.h"

/* mkdir(2); mknod(2) of regular files and FIFOs, mode being the type and permissions. Permissions
 * are cut by the umask. */
int path_mkdir(struct fs_context *context, struct inode *start, const char *path, u32 mode);
int path_mknod(struct fs_context *context, struct inode *start, const char *path, u32 mode);
/* symlink(2): target is not looked at. */
int path_symlink(
	struct fs_context *context, const char *target, struct inode *start, const char *path);
/* link(2): a further name for an inode. */
int path_link(
	struct fs_context *context, struct inode *inode, struct inode *start, const char *path);
/* unlink(2), rmdir(2). */
int path_unlink(struct fs_context *context, struct inode *start, const char *path);
int path_rmdir(struct fs_context *context, struct inode *start, const char *path);

/* renameat2(2) with its flags ABI_RENAME_NOREPLACE and ABI_RENAME_EXCHANGE. */
struct path_end {
	struct inode *start;
	const char *path;
};
int path_rename(struct fs_context *context, const struct path_end *from, const struct path_end *to,
	u32 flags);

/* Boot, before the first of these. */
void names_init(void);

/* For open(2): a new regular file (mode: type and permissions) in walk->at; -EEXIST if the name is
 * taken. */
struct inode *names_create(struct walk *walk, const struct walk_part *part, u32 mode);

/* For rename.c: may the context put something new into the locked directory, or take away what is
 * there (a sticky directory lets only owners)? -ENOENT if the directory has been removed, -EACCES,
 * -EPERM. */
int names_may_add(struct fs_context *context, struct inode *directory);
int names_may_remove(struct fs_context *context, struct inode *directory, struct inode *child);

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
