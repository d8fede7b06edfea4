/* Names: made and removed here, moved in rename.c. */
#include "fs/names.h"

#include "fs/attributes.h"
#include "lib/errno.h"
#include "lib/string.h"

/* Is there a free name in the locked directory, and may it be given to something new? */
static int create_check(
	struct fs_context *context, struct inode *directory, const struct walk_part *part)
{
	struct inode *there = directory->ops->lookup(directory, part->name, part->length);

	if (!IS_ERR(there)) {
		inode_put(there);
		return -EEXIST;
	}
	if (PTR_ERR(there) != -ENOENT)
		return PTR_ERR(there);
	return names_may_add(context, directory);
}

int names_may_add(struct fs_context *context, struct inode *directory)
{
	if (directory->links == 0)
		return -ENOENT;
	return path_permission(context, directory, PATH_WRITE | PATH_EXEC);
}

/* Who makes something owns it; in a directory with the set-group-ID bit its group is the
 * directory's. */
static void owner_set(
	const struct fs_context *context, const struct inode *directory, struct inode *inode)
{
	inode->uid = context->euid;
	inode->gid = context->egid;
	if (!(directory->mode & ABI_S_ISGID))
		return;
	inode->gid = directory->gid;
	if (inode_is_directory(inode))
		inode->mode |= ABI_S_ISGID;
}

struct inode *names_create(struct walk *walk, const struct walk_part *part, u32 mode)
{
	struct inode *directory = walk->at, *inode;
	int error;

	mutex_lock(&directory->lock);
	error = create_check(walk->context, directory, part);
	if (!error && !directory->ops->create)
		error = (mode & ABI_S_IFMT) == ABI_S_IFREG ? -EACCES : -EPERM;
	inode = error ? ERR_PTR(error)
		      : directory->ops->create(directory, part->name, part->length, mode);
	if (!IS_ERR(inode))
		owner_set(walk->context, directory, inode);
	mutex_unlock(&directory->lock);
	return inode;
}

/* To the directory in which a new name is to stand. A slash behind the name is for directories
 * alone. walk_end is due whatever the result. */
static int walk_to_new(struct walk *walk, struct walk_part *part, struct fs_context *context,
	struct inode *start, const char *path, bool is_directory)
{
	int error = walk_begin(walk, context, start, path);

	if (!error)
		error = walk_to_last(walk, part);
	if (error)
		return error;
	if (walk_part_is_special(part))
		return -EEXIST;
	if (part->slash && !is_directory) {
		struct inode *there = walk_step(walk, part);

		if (IS_ERR(there))
			return PTR_ERR(there);
		inode_put(there);
		return -EEXIST;
	}
	return 0;
}

static int make_node(struct fs_context *context, struct inode *start, const char *path, u32 mode)
{
	bool is_directory = (mode & ABI_S_IFMT) == ABI_S_IFDIR;
	struct walk walk;
	struct walk_part part;
	int error = walk_to_new(&walk, &part, context, start, path, is_directory);

	if (!error) {
		struct inode *inode = names_create(&walk, &part, mode & ~READ_ONCE(context->place->umask));

		if (IS_ERR(inode))
			error = PTR_ERR(inode);
		else
			inode_put(inode);
	}
	walk_end(&walk);
	return error;
}

int path_mkdir(struct fs_context *context, struct inode *start, const char *path, u32 mode)
{
	return make_node(context, start, path, ABI_S_IFDIR | (mode & 01777));
}

int path_mknod(struct fs_context *context, struct inode *start, const char *path, u32 mode)
{
	return make_node(context, start, path, mode & (ABI_S_IFMT | 07777));
}

/* What symlink and link do in a locked directory, where the name is free. */
static int add_symlink(
	struct walk *walk, const struct walk_part *part, const char *target)
{
	struct inode *directory = walk->at, *inode;

	if (!directory->ops->symlink)
		return -EPERM;
	inode = directory->ops->symlink(
		directory, part->name, part->length, target, strlen(target));
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	owner_set(walk->context, directory, inode);
	inode_put(inode);
	return 0;
}

int path_symlink(
	struct fs_context *context, const char *target, struct inode *start, const char *path)
{
	struct walk walk;
	struct walk_part part;
	int error = walk_to_new(&walk, &part, context, start, path, false);

	if (!error) {
		mutex_lock(&walk.at->lock);
		error = create_check(context, walk.at, &part);
		if (!error)
			error = add_symlink(&walk, &part, target);
		mutex_unlock(&walk.at->lock);
	}
	walk_end(&walk);
	return error;
}

/* As Linux with protected_hardlinks: nobody ties down what is not theirs and what they could not
 * have written; least of all programs that run as their owner. */
static int link_source_check(struct fs_context *context, const struct inode *inode)
{
	u32 mode = inode->mode;

	if (inode_is_owner(context, inode))
		return 0;
	if (!inode_is_regular(inode) || mode & ABI_S_ISUID ||
		(mode & (ABI_S_ISGID | 010)) == (ABI_S_ISGID | 010) ||
		path_permission(context, inode, PATH_READ | PATH_WRITE))
		return -EPERM;
	return 0;
}

static int add_link(struct inode *directory, const struct walk_part *part, struct inode *inode)
{
	int error = -ENOENT;

	if (inode->device != directory->device)
		return -EXDEV;
	if (!directory->ops->link || inode_is_directory(inode))
		return -EPERM;
	mutex_lock(&inode->lock);
	if (inode->links)
		error = directory->ops->link(directory, part->name, part->length, inode);
	mutex_unlock(&inode->lock);
	return error;
}

int path_link(struct fs_context *context, struct inode *inode, struct inode *start, const char *path)
{
	struct walk walk;
	struct walk_part part;
	int error = walk_to_new(&walk, &part, context, start, path, false);

	if (!error) {
		struct inode *directory = walk.at;

		mutex_lock(&directory->lock);
		error = create_check(context, directory, &part);
		if (!error && inode->device != directory->device)
			error = -EXDEV;
		if (!error)
			error = link_source_check(context, inode);
		if (!error)
			error = add_link(directory, &part, inode);
		mutex_unlock(&directory->lock);
	}
	walk_end(&walk);
	return error;
}

int names_may_remove(struct fs_context *context, struct inode *directory, struct inode *child)
{
	int error = path_permission(context, directory, PATH_WRITE | PATH_EXEC);

	if (!error && directory->mode & ABI_S_ISVTX && !inode_is_owner(context, child) &&
		!inode_is_owner(context, directory))
		error = -EPERM;
	return error;
}

static int remove_kind_check(
	const struct inode *child, const struct walk_part *part, bool directory)
{
	if (!directory)
		return inode_is_directory(child) ? -EISDIR : part->slash ? -ENOTDIR : 0;
	if (!inode_is_directory(child))
		return -ENOTDIR;
	return child->mounted ? -EBUSY : 0;
}

/* The common part of unlink and rmdir, where the last component is a name. */
static int remove_named(struct walk *walk, const struct walk_part *part, bool directory)
{
	struct inode *parent = walk->at, *child;
	int error;

	mutex_lock(&parent->lock);
	child = parent->ops->lookup(parent, part->name, part->length);
	if (IS_ERR(child)) {
		mutex_unlock(&parent->lock);
		return PTR_ERR(child);
	}
	error = names_may_remove(walk->context, parent, child);
	if (!error)
		error = remove_kind_check(child, part, directory);
	if (!error && !parent->ops->unlink)
		error = -EPERM;
	if (!error) {
		mutex_lock(&child->lock);
		error = parent->ops->unlink(parent, part->name, part->length, child);
		mutex_unlock(&child->lock);
	}
	mutex_unlock(&parent->lock);
	inode_put(child);
	return error;
}

static int remove_special(const struct walk_part *part, bool directory)
{
	if (!directory)
		return -EISDIR;
	return part->length == 0 ? -EBUSY : part->length == 1 ? -EINVAL : -ENOTEMPTY;
}

static int path_remove(
	struct fs_context *context, struct inode *start, const char *path, bool directory)
{
	struct walk walk;
	struct walk_part part;
	int error = walk_begin(&walk, context, start, path);

	if (!error)
		error = walk_to_last(&walk, &part);
	if (!error)
		error = walk_part_is_special(&part) ? remove_special(&part, directory)
						    : remove_named(&walk, &part, directory);
	walk_end(&walk);
	return error;
}

int path_unlink(struct fs_context *context, struct inode *start, const char *path)
{
	return path_remove(context, start, path, false);
}

int path_rmdir(struct fs_context *context, struct inode *start, const char *path)
{
	return path_remove(context, start, path, true);
}

int path_parent_get(struct fs_context *context, struct path_parent *parent, const char *path)
{
	struct walk walk;
	struct walk_part part;
	int error = walk_begin(&walk, context, NULL, path);

	if (!error)
		error = walk_to_last(&walk, &part);
	if (!error && walk_part_is_special(&part))
		error = -EEXIST;
	if (!error) {
		parent->directory = walk.at;
		inode_get(walk.at);
		memcpy(parent->name, part.name, part.length);
		parent->length = part.length;
		mutex_lock(&walk.at->lock);
	}
	walk_end(&walk);
	return error;
}

void path_parent_put(struct path_parent *parent)
{
	mutex_unlock(&parent->directory->lock);
	inode_put(parent->directory);
}
