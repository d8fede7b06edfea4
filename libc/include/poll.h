/* Waiting for one of several files (poll.h(0p), poll(2)). */
#ifndef _POLL_H
#define _POLL_H

#include <bits/sigset.h>
#include <time.h>

typedef unsigned long nfds_t;

struct pollfd {
	int fd;
	short events;
	short revents;
};

#define POLLIN		0x1
#define POLLPRI		0x2
#define POLLOUT		0x4
#define POLLERR		0x8
#define POLLHUP		0x10
#define POLLNVAL	0x20
#define POLLRDNORM	0x40
#define POLLRDBAND	0x80
#define POLLWRNORM	0x100
#define POLLWRBAND	0x200

int poll(struct pollfd *fds, nfds_t count, int timeout);
int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask);

#endif
