/* Seals (fcntl(2), F_ADD_SEALS): what shall never be done to a file any more. */
#include "fs/tmpfs.h"

#include <abi/fcntl.h>

#include "lib/atomic.h"
#include "lib/errno.h"

#define SEALS_KNOWN \
	(ABI_F_SEAL_SEAL | ABI_F_SEAL_SHRINK | ABI_F_SEAL_GROW | ABI_F_SEAL_WRITE | \
		ABI_F_SEAL_FUTURE_WRITE)

static bool has_seals(const struct inode *inode)
{
	return inode->file_ops == &tmpfs_file_ops;
}

/* With write_lock held: what is under way when it is taken ends before. */
static int seal_locked(struct tmpfs_inode *node, u32 seals)
{
	if (node->seals & ABI_F_SEAL_SEAL)
		return -EPERM;
	if (seals & ~node->seals & ABI_F_SEAL_WRITE && !backing_deny_writers(&node->pages.backing))
		return -EBUSY;
	WRITE_ONCE(node->seals, node->seals | seals);
	return 0;
}

int tmpfs_file_seal(struct inode *inode, u32 seals)
{
	if (seals & ~SEALS_KNOWN || !has_seals(inode))
		return -EINVAL;
	struct tmpfs_inode *node = tmpfs_inode_of(inode);
	mutex_lock(&node->write_lock);
	int error = seal_locked(node, seals);
	mutex_unlock(&node->write_lock);
	return error;
}

int tmpfs_file_seals(const struct inode *inode)
{
	return has_seals(inode)
		? (int)READ_ONCE(tmpfs_inode_of((struct inode *)inode)->seals)
		: -EINVAL;
}
