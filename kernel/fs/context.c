/* Fs contexts, and the one place where rights are looked at. */
#include "fs/context.h"

#include "fs/fs.h"
#include "fs/inode.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "mem/slab.h"

static SLAB_CACHE(fs_context_cache, struct fs_context);

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

struct fs_context *fs_context_copy(struct fs_context *context)
{
	struct fs_context *copy = slab_alloc(&fs_context_cache);

	if (!copy)
		return NULL;
	if (context) {
		spin_lock(&context->lock);
		*copy = *context;
		inode_get(copy->root);
		inode_get(copy->cwd);
		if (copy->groups)
			ref_get(&copy->groups->refs);
		spin_unlock(&context->lock);
	} else {
		*copy = (struct fs_context){ .root = fs_root, .cwd = fs_root, .umask = 022 };
		inode_get(copy->root);
		inode_get(copy->cwd);
	}
	copy->refs = 1;
	spin_init(&copy->lock, "fs_context", LOCK_FILES);
	return copy;
}

void fs_context_put(struct fs_context *context)
{
	if (!ref_put(&context->refs))
		return;
	inode_put(context->cwd);
	inode_put(context->root);
	fs_groups_put(context->groups);
	slab_free(&fs_context_cache, context);
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
