/* futex(2): a thread sleeps until another one, which shares the word's memory, says that it has
 * changed. Waiters lie in a table of buckets by key (vm/futex_key.h), each with a spin lock of rank
 * LOCK_FUTEX. May sleep. */
#ifndef PROC_FUTEX_H
#define PROC_FUTEX_H

#include "vm/user.h"

/* Sleeps until woken, if the word still has that value. 0; -EAGAIN if it has not, -ETIMEDOUT,
 * -ERESTARTSYS, -EFAULT, -EINVAL (not aligned). */
int futex_wait(struct user_ptr word, u32 value, bool private, u64 deadline);
/* Wakes up to count waiters in the order they came; how many. -EFAULT, -EINVAL. */
long futex_wake(struct user_ptr word, u32 count, bool private);
void futex_init(void);

#endif
