/* Where a thread stands in the file system and as whom: what path walks start from. A context is
 * its thread's own, and nobody else changes it; the place, which threads can share (CLONE_FS), is
 * counted. */
#ifndef FS_CONTEXT_H
#define FS_CONTEXT_H

#include "core/spinlock.h"
#include "lib/types.h"

struct inode;

#define FS_GROUPS_MAX	65536

/* Supplementary groups; the same for all contexts that refer to it, and never changed. */
struct fs_groups {
	u32 refs;		/* atomic */
	u32 count;
	u32 ids[];
};

/* For that many, with one reference; NULL if there is no memory. */
MUST_CHECK struct fs_groups *fs_groups_new(u32 count);
void fs_groups_put(struct fs_groups *groups);

struct fs_place {
	u32 refs;		/* atomic */
	u32 umask;		/* atomic */
	struct spinlock lock;	/* rank LOCK_FILES; over cwd */
	struct inode *root;	/* with a reference, as the next; never changes */
	struct inode *cwd;
};

struct fs_context {
	struct fs_place *place;
	u32 uid, gid, euid, egid;
	u32 suid, sgid;		/* saved: what euid and egid may become again */
	const u64 *size_limit;	/* no file grows beyond: its process's RLIMIT_FSIZE */
	struct fs_groups *groups;	/* with a reference; NULL: none */
};

/* A copy, which shares the place or has one of its own; of NULL: a fresh one at the root, umask
 * 022, user 0. NULL if there is no memory. */
MUST_CHECK struct fs_context *fs_context_copy(const struct fs_context *context, bool share_place);
void fs_context_free(struct fs_context *context);
/* The working directory, with a reference. */
struct inode *fs_place_cwd(struct fs_place *place);

/* Takes over the reference. For the thread that the context is of. */
void fs_context_set_groups(struct fs_context *context, struct fs_groups *groups);
/* Whether that is the effective group or one of the others. */
bool fs_context_in_group(const struct fs_context *context, u32 group);

/* How large the current thread may make a file: writing at or behind that, and truncation to more,
 * is -EFBIG. */
u64 fs_size_limit(void);

/* What one may want to do with an inode. */
#define PATH_READ	4u
#define PATH_WRITE	2u
#define PATH_EXEC	1u
/* May who the context says do that (PATH_ bits) with the inode? 0 or -EACCES. User 0 may do
 * anything, except execute a file that nobody may execute. */
int path_permission(const struct fs_context *context, const struct inode *inode, u32 want);

#endif
