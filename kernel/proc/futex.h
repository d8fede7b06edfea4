/* futex(2): a thread sleeps until another one, which shares the word's memory, says that it has
 * changed. Waiters lie in a table of buckets by key (vm/futex_key.h), each with a spin lock of rank
 * LOCK_FUTEX. May sleep.
 *
 * Errors of all: -EFAULT, -EINVAL (a word that is not aligned). private: no other process uses the
 * word. bits: a waiter is woken by who names one of its bits. */
#ifndef PROC_FUTEX_H
#define PROC_FUTEX_H

#include "vm/user.h"

#define FUTEX_ALL_BITS	UINT32_MAX

/* Sleeps until woken, if the word still has that value. 0; -EAGAIN if it has not, -ETIMEDOUT,
 * -ERESTARTSYS. */
int futex_wait(struct user_ptr word, u32 value, u32 bits, bool private, u64 deadline);
/* Wakes up to count waiters in the order they came; how many. */
long futex_wake(struct user_ptr word, u32 count, u32 bits, bool private);
/* Wakes up to count waiters; up to `move` of the others then wait on the other word. expected: what
 * the word has to have, or NULL. How many were woken or moved; -EAGAIN. */
long futex_requeue(struct user_ptr word, struct user_ptr other, u32 count, u32 move,
	const u32 *expected, bool private);
/* Changes the other word as `operation` says (FUTEX_WAKE_OP), wakes up to count waiters of the
 * first and, if the old value of the other compares so, up to other_count of that. -ENOSYS. */
long futex_wake_operation(struct user_ptr word, struct user_ptr other, u32 count, u32 other_count,
	u32 operation, bool private);
void futex_init(void);

#endif
