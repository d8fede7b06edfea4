/* poll(2), select(2). */
#ifndef ABI_POLL_H
#define ABI_POLL_H

#include <abi/types.h>

struct abi_pollfd {
	abi_s32 fd;		/* negative: skip this one */
	abi_s16 events;		/* what is asked for */
	abi_s16 revents;	/* what is true */
};
ABI_LAYOUT(abi_pollfd, revents, 6, 8);

#define ABI_POLLIN	0x1
#define ABI_POLLPRI	0x2
#define ABI_POLLOUT	0x4
#define ABI_POLLERR	0x8	/* these three are told unasked */
#define ABI_POLLHUP	0x10
#define ABI_POLLNVAL	0x20
#define ABI_POLLRDNORM	0x40
#define ABI_POLLRDBAND	0x80
#define ABI_POLLWRNORM	0x100
#define ABI_POLLWRBAND	0x200

#define ABI_FD_SETSIZE	1024

/* Bit fd % 64 of word fd / 64. The kernel looks at as many words as nfds asks for. */
struct abi_fd_set {
	abi_u64 bits[ABI_FD_SETSIZE / 64];
};
ABI_LAYOUT(abi_fd_set, bits, 0, 128);

#endif
