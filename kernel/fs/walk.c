/* The walk along a path. A symbolic link replaces what has been walked by its target: the rest of
 * the path moves behind the target in a buffer, and the walk goes on there; so links nest without
 * recursion. */
#include "fs/walk.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "mem/kmalloc.h"

#define LINKS_MAX	40

int walk_begin(struct walk *walk, struct fs_context *context, struct inode *start, const char *path)
{
	*walk = (struct walk){ .context = context, .rest = path };
	walk->root = context->place->root;
	inode_get(walk->root);
	if (*path == '/') {
		walk->at = walk->root;
		inode_get(walk->at);
	} else if (start) {
		walk->at = start;
		inode_get(start);
	} else {
		walk->at = fs_place_cwd(context->place);
	}
	if (!*path)
		return -ENOENT;
	return strnlen(path, ABI_PATH_MAX) == ABI_PATH_MAX ? -ENAMETOOLONG : 0;
}

void walk_end(struct walk *walk)
{
	inode_put(walk->at);
	inode_put(walk->root);
	kfree(walk->expanded);
}

bool walk_next(struct walk *walk, struct walk_part *part)
{
	const char *end;

	while (*walk->rest == '/')
		walk->rest++;
	for (end = walk->rest; *end && *end != '/'; end++)
		;
	part->name = walk->rest;
	part->length = end - walk->rest;
	walk->rest = end;
	part->slash = *end == '/';
	while (*end == '/')
		end++;
	part->last = !*end;
	return part->length != 0;
}

int walk_may_search(struct walk *walk, const struct walk_part *part)
{
	int error;

	if (!inode_is_directory(walk->at))
		return -ENOTDIR;
	error = path_permission(walk->context, walk->at, PATH_EXEC);
	if (error)
		return error;
	return part->length > ABI_NAME_MAX ? -ENAMETOOLONG : 0;
}

/* The parent of a directory; of the root, itself. */
static struct inode *walk_up(const struct walk *walk)
{
	struct inode *inode = walk->at;

	while (inode != walk->root && inode->covers)
		inode = inode->covers;
	if (inode != walk->root)
		return inode_parent(inode);
	inode_get(inode);
	return inode;
}

struct inode *walk_step(struct walk *walk, const struct walk_part *part)
{
	struct inode *child;
	int error = walk_may_search(walk, part);

	if (error)
		return ERR_PTR(error);
	if (walk_part_is(part, "..", 2))
		return walk_up(walk);
	if (part->length == 0 || walk_part_is(part, ".", 1)) {
		inode_get(walk->at);
		return walk->at;
	}
	mutex_lock(&walk->at->lock);
	child = walk->at->ops->lookup(walk->at, part->name, part->length);
	mutex_unlock(&walk->at->lock);
	while (!IS_ERR(child) && child->mounted) {
		struct inode *mounted = child->mounted;

		inode_get(mounted);
		inode_put(child);
		child = mounted;
	}
	return child;
}

void walk_enter(struct walk *walk, struct inode *inode)
{
	inode_put(walk->at);
	walk->at = inode;
}

/* Writes a link's target and what was left to go, which is nothing or begins with a slash, into a
 * buffer of ABI_PATH_MAX bytes. */
static int link_expand(const struct walk *walk, struct inode *link, char *path)
{
	size_t rest_length = strlen(walk->rest);
	long length = link->ops->read_link(link, path, ABI_PATH_MAX);

	if (length < 0)
		return length;
	if (length == 0)
		return -ENOENT;
	if (length + rest_length >= ABI_PATH_MAX)
		return -ENAMETOOLONG;
	memcpy(path + length, walk->rest, rest_length + 1);
	return 0;
}

/* Goes on along the text of a link. */
static int follow_text(struct walk *walk, struct inode *link)
{
	char *path = kmalloc(ABI_PATH_MAX);
	int error = path ? link_expand(walk, link, path) : -ENOMEM;

	if (error) {
		kfree(path);
		return error;
	}
	if (*path == '/') {
		inode_get(walk->root);
		walk_enter(walk, walk->root);
	}
	kfree(walk->expanded);
	walk->expanded = path;
	walk->rest = path;
	return 0;
}

/* Goes on at the inode to which a link leads. */
static int follow_inode(struct walk *walk, struct inode *link)
{
	struct inode *target = link->ops->follow(link);

	if (IS_ERR(target))
		return PTR_ERR(target);
	walk_enter(walk, target);
	return *walk->rest == '/' && !inode_is_directory(target) ? -ENOTDIR : 0;
}

int walk_follow(struct walk *walk, struct inode *link)
{
	int error = -ELOOP;

	if (++walk->links <= LINKS_MAX)
		error = link->ops->follow ? follow_inode(walk, link) : follow_text(walk, link);
	inode_put(link);
	return error;
}

bool walk_is_over(const struct walk *walk)
{
	const char *rest = walk->rest;

	while (*rest == '/')
		rest++;
	return !*rest;
}

int walk_to_last(struct walk *walk, struct walk_part *part)
{
	int error = 0;

	while (!error && walk_next(walk, part) && !part->last) {
		struct inode *child = walk_step(walk, part);

		if (IS_ERR(child))
			error = PTR_ERR(child);
		else if (inode_is_link(child))
			error = walk_follow(walk, child);
		else
			walk_enter(walk, child);
	}
	return error ? error : walk_may_search(walk, part);
}
