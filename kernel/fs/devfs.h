/* /dev: a tmpfs in which drivers have nodes. */
#ifndef FS_DEVFS_H
#define FS_DEVFS_H

#include "fs/file.h"

/* The number of a device, as st_rdev has it. */
static inline u64 device_number(u32 major, u32 minor)
{
	return (u64)major << 8 | (minor & 0xff) | (u64)(minor & ~0xffu) << 12;
}

/* Makes the file system; its root, never freed. Panics if there is no memory. Boot only. */
struct inode *devfs_init(void);

/* /dev/name, a character device with permissions mode and that number, and what files opened on it
 * do. -ENOSPC, -EEXIST. */
int devfs_register(const char *name, u32 mode, u64 rdev, const struct file_ops *ops);

#endif
