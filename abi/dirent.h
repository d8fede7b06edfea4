/* getdents64(2). Records follow one another, each d_reclen bytes long, a multiple of 8. */
#ifndef ABI_DIRENT_H
#define ABI_DIRENT_H

#include <abi/types.h>

struct abi_dirent64 {
	abi_u64 d_ino;
	abi_s64 d_off;		/* what lseek takes to go on behind this record */
	abi_u16 d_reclen;
	abi_u8 d_type;
	char d_name[];		/* NUL-terminated */
};
_Static_assert(__builtin_offsetof(struct abi_dirent64, d_name) == 19, "layout of struct abi_dirent64");

#define ABI_DT_UNKNOWN	0
#define ABI_DT_FIFO	1
#define ABI_DT_CHR	2
#define ABI_DT_DIR	4
#define ABI_DT_BLK	6
#define ABI_DT_REG	8
#define ABI_DT_LNK	10
#define ABI_DT_SOCK	12

#endif
