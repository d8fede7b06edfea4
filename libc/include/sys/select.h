/* Waiting for one of several files (sys_select.h(0p), select(2)). */
#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H

#include <bits/sigset.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>

#define FD_SETSIZE	1024

typedef struct {
	unsigned long fds_bits[FD_SETSIZE / 64];
} fd_set;

#define __FD_BIT(fd)		(1UL << (fd) % 64)
#define FD_SET(fd, set)		((void)((set)->fds_bits[(fd) / 64] |= __FD_BIT(fd)))
#define FD_CLR(fd, set)		((void)((set)->fds_bits[(fd) / 64] &= ~__FD_BIT(fd)))
#define FD_ISSET(fd, set)	(((set)->fds_bits[(fd) / 64] & __FD_BIT(fd)) != 0)
#define FD_ZERO(set)		__builtin_memset((set), 0, sizeof(fd_set))

int pselect(int count, fd_set *__restrict readable, fd_set *__restrict writable,
	fd_set *__restrict exceptional, const struct timespec *__restrict timeout,
	const sigset_t *__restrict mask);
int select(int count, fd_set *__restrict readable, fd_set *__restrict writable,
	fd_set *__restrict exceptional, struct timeval *__restrict timeout);

#endif
