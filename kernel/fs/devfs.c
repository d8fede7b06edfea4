/* /dev. Linux's devtmpfs is a tmpfs as well: programs make directories and files in it as
 * anywhere. */
#include "fs/devfs.h"

#include "core/panic.h"
#include "fs/tmpfs.h"
#include "lib/errno.h"
#include "lib/string.h"

static struct inode *devfs_root;

/* What leads to the descriptors of whoever looks. */
static const struct {
	const char *name, *target;
} links[] = {
	{ "fd", "/proc/self/fd" },
	{ "stdin", "/proc/self/fd/0" },
	{ "stdout", "/proc/self/fd/1" },
	{ "stderr", "/proc/self/fd/2" },
};

static void link_make(const char *name, const char *target)
{
	struct inode *link;

	mutex_lock(&devfs_root->lock);
	link = devfs_root->ops->symlink(devfs_root, name, strlen(name), target, strlen(target));
	mutex_unlock(&devfs_root->lock);
	if (IS_ERR(link))
		panic("no memory for /dev/%s", name);
	inode_put(link);
}

static void directory_make(const char *name, u32 mode)
{
	struct inode *directory;

	mutex_lock(&devfs_root->lock);
	directory = devfs_root->ops->create(devfs_root, name, strlen(name), ABI_S_IFDIR | mode);
	mutex_unlock(&devfs_root->lock);
	if (IS_ERR(directory))
		panic("no memory for /dev/%s", name);
	inode_put(directory);
}

struct inode *devfs_init(void)
{
	devfs_root = tmpfs_new(0755);
	if (!devfs_root)
		panic("no memory for /dev");
	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		link_make(links[i].name, links[i].target);
	directory_make("shm", 01777);
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
