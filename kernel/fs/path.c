/* What system calls do with paths: look up, open, read links, change directory. The walk itself is in
 * walk.c, what makes, moves and removes names in names.c. */
#include "fs/path.h"

#include "fs/attributes.h"
#include "fs/names.h"
#include "fs/walk.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/kmalloc.h"

char *path_from_user(struct user_ptr user, bool empty_ok)
{
	char *path = kmalloc(ABI_PATH_MAX);
	long length;

	if (!path)
		return ERR_PTR(-ENOMEM);
	length = user_read_string(path, user, ABI_PATH_MAX);
	if (length == 0 && !empty_ok)
		length = -ENOENT;
	if (length >= 0)
		return path;
	kfree(path);
	return ERR_PTR(length);
}

void path_free(char *path)
{
	kfree(path);
}

static struct inode *lookup_walk(struct walk *walk, bool follow_last)
{
	struct walk_part part;

	while (walk_next(walk, &part)) {
		struct inode *child = walk_step(walk, &part);
		int error = 0;

		if (IS_ERR(child))
			return child;
		if (inode_is_link(child) && (!part.last || part.slash || follow_last)) {
			error = walk_follow(walk, child);
		} else {
			walk_enter(walk, child);
			if (part.slash && !inode_is_directory(child))
				error = -ENOTDIR;
		}
		if (error)
			return ERR_PTR(error);
	}
	inode_get(walk->at);
	return walk->at;
}

struct inode *path_lookup(
	struct fs_context *context, struct inode *start, const char *path, bool follow_last)
{
	struct walk walk;
	int error = walk_begin(&walk, context, start, path);
	struct inode *inode = error ? ERR_PTR(error) : lookup_walk(&walk, follow_last);

	walk_end(&walk);
	return inode;
}

/* The last component of a path to be opened: what is there, or with O_CREAT a new file. */
static struct inode *open_last(
	struct walk *walk, const struct walk_part *part, u32 flags, u32 mode, bool *created)
{
	struct inode *inode;

	if (flags & ABI_O_CREAT && (part->slash || walk_part_is_special(part)))
		return ERR_PTR(-EISDIR);
	do {
		inode = walk_step(walk, part);
		if (!IS_ERR(inode) && flags & ABI_O_CREAT && flags & ABI_O_EXCL) {
			inode_put(inode);
			return ERR_PTR(-EEXIST);
		}
		if (PTR_ERR(inode) != -ENOENT || !(flags & ABI_O_CREAT))
			return inode;
		inode = names_create(
			walk, part, ABI_S_IFREG | (mode & 07777 & ~READ_ONCE(walk->context->place->umask)));
	} while (PTR_ERR(inode) == -EEXIST);
	*created = !IS_ERR(inode);
	return inode;
}

static struct inode *open_walk(struct walk *walk, u32 flags, u32 mode, bool *created)
{
	struct walk_part part;
	int error;

	while (!(error = walk_to_last(walk, &part))) {
		struct inode *inode = open_last(walk, &part, flags, mode, created);

		if (IS_ERR(inode))
			return inode;
		if (inode_is_link(inode) && (!(flags & ABI_O_NOFOLLOW) || part.slash)) {
			error = walk_follow(walk, inode);
			if (error)
				break;
			if (!walk_is_over(walk))
				continue;
			inode_get(walk->at);
			return walk->at;
		}
		if (!part.slash || inode_is_directory(inode))
			return inode;
		inode_put(inode);
		return ERR_PTR(-ENOTDIR);
	}
	return ERR_PTR(error);
}

/* May what is there be opened in this way? */
static int open_check(struct fs_context *context, struct inode *inode, u32 flags)
{
	static const u8 wants[] = {
		PATH_READ, PATH_WRITE, PATH_READ | PATH_WRITE, PATH_READ | PATH_WRITE};
	u32 want = wants[flags & ABI_O_ACCMODE] | (flags & ABI_O_TRUNC ? PATH_WRITE : 0);

	if (flags & ABI_O_DIRECTORY && !inode_is_directory(inode))
		return -ENOTDIR;
	if (flags & ABI_O_PATH)
		return 0;
	if (inode_is_link(inode))
		return -ELOOP;
	if (inode_is_directory(inode) && (want & PATH_WRITE || flags & ABI_O_CREAT))
		return -EISDIR;
	if (path_permission(context, inode, want))
		return -EACCES;
	return flags & ABI_O_NOATIME && !inode_is_owner(context, inode) ? -EPERM : 0;
}

static int open_inode(struct fs_context *context, struct inode *inode, struct file *file, u32 flags,
	bool created)
{
	int error = created ? 0 : open_check(context, inode, flags);

	if (!error)
		error = file_open_new(file, inode, flags);
	if (error) {
		file_free(file);
	} else if (!created && flags & ABI_O_TRUNC && inode_is_regular(inode)) {
		error = inode_truncate(inode, 0, true);
		if (error)
			file_put(file);
	}
	return error;
}

/* With O_PATH, all other flags but these are ignored. */
#define PATH_FLAGS	(ABI_O_PATH | ABI_O_DIRECTORY | ABI_O_NOFOLLOW | ABI_O_CLOEXEC)

struct file *path_open(
	struct fs_context *context, struct inode *start, const char *path, u32 flags, u32 mode)
{
	struct walk walk;
	bool created = false;
	struct inode *inode;
	struct file *file = file_new();
	int error;

	if (!file)
		return ERR_PTR(-ENOMEM);
	if (flags & ABI_O_PATH)
		flags &= PATH_FLAGS;
	error = walk_begin(&walk, context, start, path);
	if ((flags & ABI_O_TMPFILE) == ABI_O_TMPFILE && !error)
		error = -EOPNOTSUPP;
	inode = error ? ERR_PTR(error) : open_walk(&walk, flags, mode, &created);
	walk_end(&walk);
	if (IS_ERR(inode)) {
		file_free(file);
		return (struct file *)inode;
	}
	error = open_inode(context, inode, file, flags, created);
	inode_put(inode);
	return error ? ERR_PTR(error) : file;
}

int path_fchdir(struct fs_context *context, struct inode *directory)
{
	struct fs_place *place = context->place;
	struct inode *old;

	if (!inode_is_directory(directory))
		return -ENOTDIR;
	if (path_permission(context, directory, PATH_EXEC))
		return -EACCES;
	inode_get(directory);
	spin_lock(&place->lock);
	old = place->cwd;
	place->cwd = directory;
	spin_unlock(&place->lock);
	inode_put(old);
	return 0;
}

int path_chdir(struct fs_context *context, const char *path)
{
	struct inode *inode = path_lookup(context, NULL, path, true);
	int error;

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	error = path_fchdir(context, inode);
	inode_put(inode);
	return error;
}

long path_getcwd(struct fs_context *context, char *buffer, size_t size)
{
	struct fs_place *place = context->place;
	long length;

	spin_lock(&place->lock);
	length = inode_path(place->cwd, place->root, buffer, size);
	spin_unlock(&place->lock);
	return length < 0 ? length : length + 1;
}
