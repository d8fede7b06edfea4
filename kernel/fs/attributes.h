/* What inodes say of themselves, changed: rights, owner, times, length, as chmod(2), chown(2),
 * utimensat(2) and truncate(2) have it, for whom the context says. All may sleep. */
#ifndef FS_ATTRIBUTES_H
#define FS_ATTRIBUTES_H

#include "fs/context.h"
#include "fs/inode.h"

/* The owner of an inode, or user 0. */
bool inode_is_owner(const struct fs_context *context, const struct inode *inode);

/* -EPERM for others than the owner. */
int inode_chmod(const struct fs_context *context, struct inode *inode, u32 mode);

#define INODE_ID_KEEP	UINT32_MAX
/* Users but 0 may only give a group of theirs to what they own: -EPERM. */
int inode_chown(const struct fs_context *context, struct inode *inode, u32 uid, u32 gid);

/* What becomes of atime or mtime. */
struct inode_time {
	enum { INODE_TIME_SET, INODE_TIME_NOW, INODE_TIME_KEEP } what;
	u64 ns;
};
/* Both now: for those that may write too (-EACCES); else for the owner (-EPERM). */
int inode_set_times(const struct fs_context *context, struct inode *inode,
	const struct inode_time *atime, const struct inode_time *mtime);

/* truncate(2) by the inode: rights are the caller's business. changes: times change even if the
 * length does not. -EISDIR, -EINVAL for what has no length, -ETXTBSY, -EFBIG. */
int inode_truncate(struct inode *inode, u64 size, bool changes);

/* readlink(2): bytes, or -EINVAL if it is no link. */
long inode_read_link(struct inode *inode, char *buffer, size_t size);

#endif
