/* A set of signals: bit n-1 is signal n. */
#ifndef _BITS_SIGSET_H
#define _BITS_SIGSET_H

typedef struct {
	unsigned long __bits[16];	/* the kernel knows the first; the others leave room, as on Linux */
} sigset_t;

#endif
