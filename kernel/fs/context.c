/* Fs contexts, and the one place where rights are looked at. */
#include "fs/context.h"

#include "fs/file.h"
#include "fs/fs.h"
#include "fs/inode.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/kmalloc.h"
#include "mem/slab.h"
#include "sched/thread.h"

static SLAB_CACHE(fs_context_cache, struct fs_context);
static SLAB_CACHE(fs_place_cache, struct fs_place);

struct fs_groups *fs_groups_new(u32 count)
{
	struct fs_groups *groups = kmalloc(sizeof(*groups) + count * sizeof(groups->ids[0]));

	if (groups) {
		groups->refs = 1;
		groups->count = count;
	}
	return groups;
}

void fs_groups_put(struct fs_groups *groups)
{
	if (groups && ref_put(&groups->refs))
		kfree(groups);
}

void fs_context_set_groups(struct fs_context *context, struct fs_groups *groups)
{
	struct fs_groups *old = context->groups;

	context->groups = groups;
	fs_groups_put(old);
}

struct inode *fs_place_cwd(struct fs_place *place)
{
	spin_lock(&place->lock);
	struct inode *cwd = place->cwd;
	inode_get(cwd);
	spin_unlock(&place->lock);
	return cwd;
}

static struct fs_place *place_copy(struct fs_place *place)
{
	struct fs_place *copy = slab_alloc(&fs_place_cache);

	if (!copy)
		return NULL;
	copy->refs = 1;
	spin_init(&copy->lock, "fs_place", LOCK_FILES);
	copy->umask = place ? atomic_load(&place->umask) : 022;
	copy->root = place ? place->root : fs_root;
	inode_get(copy->root);
	if (place) {
		copy->cwd = fs_place_cwd(place);
	} else {
		copy->cwd = fs_root;
		inode_get(copy->cwd);
	}
	return copy;
}

static void place_put(struct fs_place *place)
{
	if (!ref_put(&place->refs))
		return;
	inode_put(place->cwd);
	inode_put(place->root);
	slab_free(&fs_place_cache, place);
}

struct fs_context *fs_context_copy(const struct fs_context *context, bool share_place)
{
	struct fs_context *copy = slab_alloc_zeroed(&fs_context_cache);

	if (!copy)
		return NULL;
	if (context)
		*copy = *context;
	if (share_place)
		ref_get(&copy->place->refs);
	else
		copy->place = place_copy(copy->place);
	if (!copy->place) {
		slab_free(&fs_context_cache, copy);
		return NULL;
	}
	if (copy->groups)
		ref_get(&copy->groups->refs);
	return copy;
}

void fs_context_free(struct fs_context *context)
{
	place_put(context->place);
	fs_groups_put(context->groups);
	slab_free(&fs_context_cache, context);
}

u64 fs_size_limit(void)
{
	const struct fs_context *context = thread_current()->fs;

	return context ? MIN(READ_ONCE(*context->size_limit), FILE_SIZE_MAX) : FILE_SIZE_MAX;
}

bool fs_context_in_group(const struct fs_context *context, u32 group)
{
	const struct fs_groups *groups = context->groups;

	if (context->egid == group)
		return true;
	for (u32 i = 0; groups && i < groups->count; i++)
		if (groups->ids[i] == group)
			return true;
	return false;
}

int path_permission(const struct fs_context *context, const struct inode *inode, u32 want)
{
	u32 granted = inode->mode;

	if (context->euid == 0) {
		bool executable = !inode_is_regular(inode) || inode->mode & 0111;

		return want & PATH_EXEC && !executable ? -EACCES : 0;
	}
	if (context->euid == inode->uid)
		granted >>= 6;
	else if (fs_context_in_group(context, inode->gid))
		granted >>= 3;
	return want & ~granted ? -EACCES : 0;
}
