/* readv(2). */
#ifndef ABI_UIO_H
#define ABI_UIO_H

#include <abi/types.h>

struct abi_iovec {
	abi_u64 iov_base;	/* an address of the caller */
	abi_u64 iov_len;
};
ABI_LAYOUT(abi_iovec, iov_len, 8, 16);

#define ABI_IOV_MAX	1024

/* preadv2(2) */
#define ABI_RWF_HIPRI	0x1
#define ABI_RWF_DSYNC	0x2
#define ABI_RWF_SYNC	0x4

#endif
