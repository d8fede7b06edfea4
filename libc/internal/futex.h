/* futex(2). A word that only this process knows is waited for and woken as private; the two must
 * agree. */
#ifndef INTERNAL_FUTEX_H
#define INTERNAL_FUTEX_H

#include <abi/futex.h>
#include <stdbool.h>
#include <time.h>

#include "syscall.h"

#define FUTEX_ALL	0x7fffffff

/* How long to wait: until a time of a clock, or for ever if it is NULL. */
struct deadline {
	clockid_t clock;
	const struct timespec *time;
};

/* Waits while *word is value: 0 when it is not, or was woken (or for no reason), else ETIMEDOUT,
 * EINVAL (no such clock or time) or EINTR. It is no cancellation point; the other is one, and gives
 * ECANCELED if the thread has CANCEL_RETURNS set (cancel.h). */
int __futex_wait(const void *word, int value, bool shared, struct deadline deadline);
int __futex_wait_cancel(const void *word, int value, bool shared, struct deadline deadline);

static inline void futex_wake(const void *word, int count, bool shared)
{
	syscall3(SYS_futex, (long)word, ABI_FUTEX_WAKE | (shared ? 0 : ABI_FUTEX_PRIVATE), count);
}

#endif
