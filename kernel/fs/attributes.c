/* Attributes of inodes (fs/attributes.h). */
#include "fs/attributes.h"

#include "lib/atomic.h"
#include "lib/errno.h"
#include "sched/time.h"

bool inode_is_owner(const struct fs_context *context, const struct inode *inode)
{
	return context->euid == 0 || context->euid == inode->uid;
}

int inode_chmod(const struct fs_context *context, struct inode *inode, u32 mode)
{
	int error = 0;

	mutex_lock(&inode->lock);
	if (inode->ops->derived || !inode_is_owner(context, inode)) {
		error = -EPERM;
	} else {
		if (context->euid != 0 && !fs_context_in_group(context, inode->gid))
			mode &= ~ABI_S_ISGID;
		inode->mode = (inode->mode & ABI_S_IFMT) | (mode & 07777);
		inode_touch_status(inode);
	}
	mutex_unlock(&inode->lock);
	return error;
}

static bool may_chown(
	const struct fs_context *context, const struct inode *inode, u32 uid, u32 gid)
{
	if (context->euid == 0)
		return true;
	if (uid != INODE_ID_KEEP && (context->euid != inode->uid || uid != inode->uid))
		return false;
	return gid == INODE_ID_KEEP ||
		(context->euid == inode->uid &&
			(gid == inode->gid || fs_context_in_group(context, gid)));
}

int inode_chown(const struct fs_context *context, struct inode *inode, u32 uid, u32 gid)
{
	int error = 0;

	mutex_lock(&inode->lock);
	if (!may_chown(context, inode, uid, gid)) {
		error = -EPERM;
	} else {
		/* A program does not go on running as its owner when that is another. */
		if (!inode_is_directory(inode)) {
			inode->mode &= ~ABI_S_ISUID;
			if (inode->mode & 010)
				inode->mode &= ~ABI_S_ISGID;
		}
		if (uid != INODE_ID_KEEP)
			inode->uid = uid;
		if (gid != INODE_ID_KEEP)
			inode->gid = gid;
		inode_touch_status(inode);
	}
	mutex_unlock(&inode->lock);
	return error;
}

static void time_set(u64 *field, const struct inode_time *time, u64 now)
{
	if (time->what != INODE_TIME_KEEP)
		*field = time->what == INODE_TIME_NOW ? now : time->ns;
}

int inode_set_times(const struct fs_context *context, struct inode *inode,
	const struct inode_time *atime, const struct inode_time *mtime)
{
	bool both_now = atime->what == INODE_TIME_NOW && mtime->what == INODE_TIME_NOW;
	u64 now = clock_wall_ns();
	int error = 0;

	if (atime->what == INODE_TIME_KEEP && mtime->what == INODE_TIME_KEEP)
		return 0;
	mutex_lock(&inode->lock);
	if (!inode_is_owner(context, inode))
		error = both_now ? path_permission(context, inode, PATH_WRITE) : -EPERM;
	if (!error) {
		time_set(&inode->atime, atime, now);
		time_set(&inode->mtime, mtime, now);
		inode->ctime = now;
	}
	mutex_unlock(&inode->lock);
	return error;
}

int inode_truncate(struct inode *inode, u64 size, bool changes)
{
	int error;

	if (inode_is_directory(inode))
		return -EISDIR;
	if (!inode_is_regular(inode) || !inode->ops->truncate)
		return -EINVAL;
	error = inode_get_write(inode);
	if (error)
		return error;
	if (size > atomic_load(&inode->size) && size > fs_size_limit())
		error = -EFBIG;
	else
		error = inode->ops->truncate(inode, size, changes);
	inode_put_write(inode);
	return error;
}

long inode_read_link(struct inode *inode, char *buffer, size_t size)
{
	if (!inode_is_link(inode))
		return -EINVAL;
	inode_touch_access(inode);
	return inode->ops->read_link(inode, buffer, size);
}
