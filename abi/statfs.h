/* statfs(2). */
#ifndef ABI_STATFS_H
#define ABI_STATFS_H

#include <abi/types.h>

struct abi_statfs {
	abi_s64 f_type;
	abi_s64 f_bsize;
	abi_u64 f_blocks;
	abi_u64 f_bfree;
	abi_u64 f_bavail;
	abi_u64 f_files;
	abi_u64 f_ffree;
	abi_s32 f_fsid[2];
	abi_s64 f_namelen;
	abi_s64 f_frsize;
	abi_s64 f_flags;
	abi_s64 f_spare[4];
};
ABI_LAYOUT(abi_statfs, f_spare, 88, 120);

#define ABI_TMPFS_MAGIC		0x01021994
#define ABI_PROC_SUPER_MAGIC	0x9fa0
#define ABI_PIPEFS_MAGIC	0x50495045

#define ABI_ST_VALID		0x20	/* f_flags means something */
#define ABI_ST_RELATIME		0x1000

#endif
