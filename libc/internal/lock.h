/* The locks that the libc has inside: 0 is free, 1 held, 2 held and perhaps waited for. They are
 * not recursive, and do nothing before there is a second thread. Whoever holds one creates no
 * thread. */
#ifndef INTERNAL_LOCK_H
#define INTERNAL_LOCK_H

#include "thread.h"

void __lock_wait(int *lock);
void __lock_wake(int *lock);

static inline bool try_lock_always(int *lock)
{
	int free = 0;

	return __atomic_compare_exchange_n(lock, &free, 1, false, __ATOMIC_ACQUIRE,
		__ATOMIC_RELAXED);
}

/* Also while there is one thread. */
static inline void lock_always(int *lock)
{
	if (!try_lock_always(lock))
		__lock_wait(lock);
}

static inline void unlock_always(int *lock)
{
	if (__atomic_exchange_n(lock, 0, __ATOMIC_RELEASE) == 2)
		__lock_wake(lock);
}

static inline void lock(int *lock)
{
	if (__threaded)
		lock_always(lock);
}

static inline void unlock(int *lock)
{
	if (__threaded)
		unlock_always(lock);
}

#endif
