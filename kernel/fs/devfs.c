/* /dev. Linux's devtmpfs is a tmpfs as well: programs make directories and files in it as
 * anywhere. */
#include "fs/devfs.h"

#include "core/panic.h"
#include "fs/tmpfs.h"
#include "lib/errno.h"
#include "lib/string.h"

static struct inode *devfs_root;

struct inode *devfs_init(void)
{
	devfs_root = tmpfs_new(0755);
	if (!devfs_root)
		panic("no memory for /dev");
	return devfs_root;
}

int devfs_register(const char *name, u32 mode, u64 rdev, const struct file_ops *ops)
{
	size_t length = strlen(name);
	struct inode *inode;

	mutex_lock(&devfs_root->lock);
	inode = devfs_root->ops->lookup(devfs_root, name, length);
	if (IS_ERR(inode)) {
		inode = tmpfs_create_device(
			devfs_root, name, length, ABI_S_IFCHR | mode, rdev, ops);
	} else {
		inode_put(inode);
		inode = ERR_PTR(-EEXIST);
	}
	mutex_unlock(&devfs_root->lock);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	inode_put(inode);
	return 0;
}
