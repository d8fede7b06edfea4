/* The file system as a whole: mounts the root tmpfs, lays the boot archives into it, mounts /dev
 * and /proc. Includes what other layers need to put things there. */
#ifndef FS_FS_H
#define FS_FS_H

#include "fs/devfs.h"
#include "fs/file.h"
#include "fs/path.h"
#include "fs/pipe.h"
#include "fs/procfs.h"

struct abi_statfs;
struct boot_info;
struct inode;

/* Boot only; panics on a bad archive. Takes over the frames of all modules. */
void fs_init(const struct boot_info *boot);

/* statfs(2): adds what is known of the file system that the inode is in; the rest stays zero. */
void fs_statfs(const struct inode *inode, struct abi_statfs *statfs);

extern struct inode *fs_root;

#endif
