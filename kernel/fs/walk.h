/* The walk along a path, component by component: what path.c is built on.
 *
 *	error = walk_begin(&walk, context, start, path);
 *	while (!error && walk_next(&walk, &part))
 *		child = walk_step(&walk, &part), then walk_enter or walk_follow with it;
 *	walk_end(&walk);
 *
 * walk_end is due after walk_begin whatever its result. All may sleep. */
#ifndef FS_WALK_H
#define FS_WALK_H

#include "fs/path.h"

struct walk {
	struct fs_context *context;
	struct inode *root;	/* a reference: ".." does not lead above it */
	struct inode *at;	/* a reference: how far it has come */
	const char *rest;	/* what is still to go */
	char *expanded;		/* memory that rest points into once a link has been followed */
	u32 links;		/* followed so far */
};

/* One component. An empty one (length 0) stands for the path "/". */
struct walk_part {
	const char *name;
	size_t length;
	bool last;		/* nothing but slashes behind it */
	bool slash;		/* at least one slash behind it: has to be a directory */
};

MUST_CHECK int walk_begin(
	struct walk *walk, struct fs_context *context, struct inode *start, const char *path);
void walk_end(struct walk *walk);
/* Takes the next component off the path; false if there is none left. */
bool walk_next(struct walk *walk, struct walk_part *part);
/* The inode of a component of walk->at, with a reference: ".", ".." and mounts dealt with.
 * -ENOTDIR, -EACCES, -ENOENT, -ENAMETOOLONG. */
struct inode *walk_step(struct walk *walk, const struct walk_part *part);
/* Whether walk->at can be searched for the component at all: 0 or an error as walk_step. */
int walk_may_search(struct walk *walk, const struct walk_part *part);
/* Goes on from inode, taking over the reference. */
void walk_enter(struct walk *walk, struct inode *inode);
/* Goes on along the target of a symbolic link that was found in walk->at, or from where it leads,
 * taking over the reference. -ELOOP, -ENOENT, -ENAMETOOLONG, -ENOTDIR, -ENOMEM, and what reading
 * the link says. */
MUST_CHECK int walk_follow(struct walk *walk, struct inode *link);
/* Whether nothing is left to go. */
bool walk_is_over(const struct walk *walk);
/* Goes on until the last component, following links on the way: walk->at is then the directory in
 * which it stands. */
MUST_CHECK int walk_to_last(struct walk *walk, struct walk_part *part);

static inline bool walk_part_is(const struct walk_part *part, const char *name, size_t length)
{
	return part->length == length && __builtin_memcmp(part->name, name, length) == 0;
}

/* "." or "..", or none at all: what cannot be created or removed. */
static inline bool walk_part_is_special(const struct walk_part *part)
{
	return part->length == 0 || walk_part_is(part, ".", 1) || walk_part_is(part, "..", 2);
}

#endif
