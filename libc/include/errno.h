/* errno(3). The numbers are those of abi/errno.def. */
#ifndef _ERRNO_H
#define _ERRNO_H

#include <bits/errno.h>

#define EWOULDBLOCK	EAGAIN
#define EDEADLOCK	EDEADLK
#define ENOTSUP		EOPNOTSUPP

int *__errno_location(void) __attribute__((const));

#define errno (*__errno_location())

#endif
