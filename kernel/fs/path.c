/* What system calls do with paths: look up, open, make, remove, change directory. The walk itself
 * is in walk.c. */
#include "fs/path.h"

#include "fs/walk.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/slab.h"

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

/* Is there a free name in the locked directory, and may it be given to something new? */
static int create_check(
	struct fs_context *context, struct inode *directory, const char *name, size_t length)
{
	struct inode *there = directory->ops->lookup(directory, name, length);

	if (!IS_ERR(there)) {
		inode_put(there);
		return -EEXIST;
	}
	if (PTR_ERR(there) != -ENOENT)
		return PTR_ERR(there);
	if (directory->links == 0)
		return -ENOENT;
	return path_permission(context, directory, PATH_WRITE | PATH_EXEC);
}

/* A new file or directory; -EEXIST if the name is taken. */
static struct inode *path_create(struct walk *walk, const struct walk_part *part, u32 mode)
{
	struct fs_context *context = walk->context;
	struct inode *directory = walk->at, *inode;
	int error;

	mutex_lock(&directory->lock);
	error = create_check(context, directory, part->name, part->length);
	if (!error && !directory->ops->create)
		error = (mode & ABI_S_IFMT) == ABI_S_IFDIR ? -EPERM : -EACCES;
	inode = error ? ERR_PTR(error)
		      : directory->ops->create(directory, part->name, part->length, mode);
	if (!IS_ERR(inode)) {
		inode->uid = context->euid;
		inode->gid = context->egid;
	}
	mutex_unlock(&directory->lock);
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
		inode = path_create(
			walk, part, ABI_S_IFREG | (mode & 07777 & ~walk->context->umask));
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
			continue;
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
	return path_permission(context, inode, want);
}

static struct file *open_inode(
	struct fs_context *context, struct inode *inode, u32 flags, bool created)
{
	int error = created ? 0 : open_check(context, inode, flags);
	struct file *file = error ? ERR_PTR(error) : file_open(inode, flags);

	if (!IS_ERR(file) && !created && flags & ABI_O_TRUNC && inode_is_regular(inode)) {
		error = inode->ops->truncate ? inode->ops->truncate(inode, 0) : 0;
		if (error) {
			file_put(file);
			return ERR_PTR(error);
		}
	}
	return file;
}

/* With O_PATH, all other flags but these are ignored. */
#define PATH_FLAGS	(ABI_O_PATH | ABI_O_DIRECTORY | ABI_O_NOFOLLOW | ABI_O_CLOEXEC)

struct file *path_open(
	struct fs_context *context, struct inode *start, const char *path, u32 flags, u32 mode)
{
	struct walk walk;
	bool created = false;
	struct inode *inode;
	struct file *file;
	int error = walk_begin(&walk, context, start, path);

	if (flags & ABI_O_PATH)
		flags &= PATH_FLAGS;
	inode = error ? ERR_PTR(error) : open_walk(&walk, flags, mode, &created);
	walk_end(&walk);
	if (IS_ERR(inode))
		return (struct file *)inode;
	file = open_inode(context, inode, flags, created);
	inode_put(inode);
	return file;
}

int path_mkdir(struct fs_context *context, struct inode *start, const char *path, u32 mode)
{
	struct walk walk;
	struct walk_part part;
	int error = walk_begin(&walk, context, start, path);

	if (!error)
		error = walk_to_last(&walk, &part);
	if (!error && walk_part_is_special(&part))
		error = -EEXIST;
	if (!error) {
		struct inode *inode = path_create(&walk, &part,
						  ABI_S_IFDIR | (mode & 01777 & ~context->umask));

		if (IS_ERR(inode))
			error = PTR_ERR(inode);
		else
			inode_put(inode);
	}
	walk_end(&walk);
	return error;
}

/* May the context take child's name away from directory? A sticky directory lets only owners. */
static int remove_check(struct fs_context *context, struct inode *directory, struct inode *child)
{
	u32 user = context->euid;
	int error = path_permission(context, directory, PATH_WRITE | PATH_EXEC);

	if (!error && directory->mode & ABI_S_ISVTX && user != 0 && user != child->uid &&
		user != directory->uid)
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
	error = remove_check(walk->context, parent, child);
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

int path_chdir(struct fs_context *context, const char *path)
{
	struct inode *inode = path_lookup(context, NULL, path, true), *old;
	int error;

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	error = inode_is_directory(inode) ? path_permission(context, inode, PATH_EXEC) : -ENOTDIR;
	if (error) {
		inode_put(inode);
		return error;
	}
	spin_lock(&context->lock);
	old = context->cwd;
	context->cwd = inode;
	spin_unlock(&context->lock);
	inode_put(old);
	return 0;
}

long path_getcwd(struct fs_context *context, char *buffer, size_t size)
{
	long length;

	spin_lock(&context->lock);
	length = inode_path(context->cwd, context->root, buffer, size);
	spin_unlock(&context->lock);
	return length < 0 ? length : length + 1;
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
