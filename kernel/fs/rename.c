/* renameat2(2), with the errors of Linux in Linux's order. How the directories are locked is told in
 * names.h. */
#include "fs/attributes.h"
#include "fs/names.h"
#include "lib/errno.h"

static struct mutex rename_mutex;

void names_init(void)
{
	mutex_init(&rename_mutex, MUTEX_RENAME);
}

static void lock_both(struct inode *a, struct inode *b)
{
	if (a == b) {
		mutex_lock(&a->lock);
		return;
	}
	mutex_lock(&rename_mutex);
	if (inode_is_within(a, b)) {
		mutex_lock(&b->lock);
		mutex_lock(&a->lock);
	} else {
		mutex_lock(&a->lock);
		mutex_lock(&b->lock);
	}
}

static void unlock_both(struct inode *a, struct inode *b)
{
	mutex_unlock(&a->lock);
	if (a == b)
		return;
	mutex_unlock(&b->lock);
	mutex_unlock(&rename_mutex);
}

static bool is_directory(const struct inode_name *name)
{
	return name->inode && inode_is_directory(name->inode);
}

/* Directories are only where they can be, and a slash behind a name is for directories alone. */
static int shape_check(const struct inode_name *from, bool from_slash, const struct inode_name *to,
	bool to_slash, bool exchange)
{
	if (exchange && !to->inode)
		return -ENOENT;
	if (exchange && to_slash && !is_directory(to))
		return -ENOTDIR;
	if (!is_directory(from) && (from_slash || (!exchange && to_slash)))
		return -ENOTDIR;
	if (is_directory(from) && inode_is_within(to->directory, from->inode))
		return -EINVAL;
	if (is_directory(to) && inode_is_within(from->directory, to->inode))
		return exchange ? -EINVAL : -ENOTEMPTY;
	return 0;
}

/* May name lose what it has to make room for something that is a directory or not? */
static int replace_check(struct fs_context *context, const struct inode_name *name, bool directory)
{
	int error = names_may_remove(context, name->directory, name->inode);

	if (error || directory == is_directory(name))
		return error;
	return directory ? -ENOTDIR : -EISDIR;
}

static int rights_check(struct fs_context *context, const struct inode_name *from,
	const struct inode_name *to, bool exchange)
{
	int error = names_may_remove(context, from->directory, from->inode);
	bool crosses = from->directory != to->directory;

	if (!error)
		error = to->inode ? replace_check(context, to,
					    exchange ? is_directory(to) : is_directory(from))
				  : names_may_add(context, to->directory);
	/* A directory that goes elsewhere has another "..". */
	if (!error && crosses && is_directory(from))
		error = path_permission(context, from->inode, PATH_WRITE);
	if (!error && crosses && exchange && is_directory(to))
		error = path_permission(context, to->inode, PATH_WRITE);
	if (!error && (from->inode->mounted || (to->inode && to->inode->mounted)))
		error = -EBUSY;
	return error ? error : from->directory->ops->rename ? 0 : -EPERM;
}

static int rename_run(const struct inode_name *from, const struct inode_name *to, bool exchange)
{
	struct inode *loser = exchange ? NULL : to->inode;
	int error;

	if (loser)
		mutex_lock(&loser->lock);
	error = from->directory->ops->rename(from, to, exchange);
	if (loser)
		mutex_unlock(&loser->lock);
	return error;
}

static struct inode *name_look_up(const struct inode_name *name)
{
	return name->directory->ops->lookup(name->directory, name->name, name->length);
}

/* With both directories locked; fills in what has the names, for the caller to put back. */
static int rename_locked(struct fs_context *context, struct inode_name *from, bool from_slash,
	struct inode_name *to, bool to_slash, u32 flags)
{
	bool exchange = flags & ABI_RENAME_EXCHANGE;
	struct inode *inode = name_look_up(from);
	int error;

	if (IS_ERR(inode))
		return PTR_ERR(inode);
	from->inode = inode;
	inode = name_look_up(to);
	if (!IS_ERR(inode))
		to->inode = inode;
	else if (PTR_ERR(inode) != -ENOENT)
		return PTR_ERR(inode);
	if (to->inode && flags & ABI_RENAME_NOREPLACE)
		return -EEXIST;
	error = shape_check(from, from_slash, to, to_slash, exchange);
	if (error || from->inode == to->inode)
		return error;
	error = rights_check(context, from, to, exchange);
	return error ? error : rename_run(from, to, exchange);
}

static int rename_walked(struct walk *from, const struct walk_part *from_part, struct walk *to,
	const struct walk_part *to_part, u32 flags)
{
	struct inode_name from_name = {
		.directory = from->at, .name = from_part->name, .length = from_part->length};
	struct inode_name to_name = {
		.directory = to->at, .name = to_part->name, .length = to_part->length};
	int error;

	if (from->at->device != to->at->device)
		return -EXDEV;
	if (walk_part_is_special(from_part))
		return -EBUSY;
	if (walk_part_is_special(to_part))
		return flags & ABI_RENAME_NOREPLACE ? -EEXIST : -EBUSY;
	lock_both(from->at, to->at);
	error = rename_locked(
		from->context, &from_name, from_part->slash, &to_name, to_part->slash, flags);
	unlock_both(from->at, to->at);
	if (from_name.inode)
		inode_put(from_name.inode);
	if (to_name.inode)
		inode_put(to_name.inode);
	return error;
}

int path_rename(struct fs_context *context, const struct path_end *from, const struct path_end *to,
	u32 flags)
{
	struct walk from_walk, to_walk;
	struct walk_part from_part, to_part;
	int error;

	if (flags & ~(ABI_RENAME_NOREPLACE | ABI_RENAME_EXCHANGE) ||
		flags == (ABI_RENAME_NOREPLACE | ABI_RENAME_EXCHANGE))
		return -EINVAL;
	error = walk_begin(&from_walk, context, from->start, from->path);
	if (!error)
		error = walk_to_last(&from_walk, &from_part);
	if (!error) {
		error = walk_begin(&to_walk, context, to->start, to->path);
		if (!error)
			error = walk_to_last(&to_walk, &to_part);
		if (!error)
			error = rename_walked(&from_walk, &from_part, &to_walk, &to_part, flags);
		walk_end(&to_walk);
	}
	walk_end(&from_walk);
	return error;
}
