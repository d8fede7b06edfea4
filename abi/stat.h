/* stat(2), inode(7). */
#ifndef ABI_STAT_H
#define ABI_STAT_H

#include <abi/time.h>
#include <abi/types.h>

struct abi_stat {
	abi_u64 st_dev;
	abi_u64 st_ino;
	abi_u64 st_nlink;
	abi_u32 st_mode;
	abi_u32 st_uid;
	abi_u32 st_gid;
	abi_u32 pad0;
	abi_u64 st_rdev;
	abi_s64 st_size;
	abi_s64 st_blksize;
	abi_s64 st_blocks;	/* in units of 512 bytes */
	struct abi_timespec st_atim;
	struct abi_timespec st_mtim;
	struct abi_timespec st_ctim;
	abi_s64 reserved[3];
};
ABI_LAYOUT(abi_stat, reserved, 120, 144);

#define ABI_S_IFMT	0170000
#define ABI_S_IFSOCK	0140000
#define ABI_S_IFLNK	0120000
#define ABI_S_IFREG	0100000
#define ABI_S_IFBLK	0060000
#define ABI_S_IFDIR	0040000
#define ABI_S_IFCHR	0020000
#define ABI_S_IFIFO	0010000
#define ABI_S_ISUID	04000
#define ABI_S_ISGID	02000
#define ABI_S_ISVTX	01000

#endif
