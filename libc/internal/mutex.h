/* Mutexes inside. Of a normal one the word is 0 free, 1 held, 2 held and perhaps waited for; of the
 * other kinds, which have to know their owner, it is that of robust futexes (abi/futex.h): the
 * owner's TID, ABI_FUTEX_WAITERS and ABI_FUTEX_OWNER_DIED; 0 is free. */
#ifndef INTERNAL_MUTEX_H
#define INTERNAL_MUTEX_H

#include <pthread.h>
#include <stdbool.h>

#include "futex.h"
#include "thread.h"

/* Bits of __kind, beside the type. */
#define MUTEX_TYPE	3u
#define MUTEX_ROBUST	4u
#define MUTEX_SHARED	128u
#define MUTEX_OWNED	(MUTEX_TYPE | MUTEX_ROBUST)	/* any: the word has the owner */

#define MUTEX_LOST	((int)ABI_FUTEX_TID_MASK)	/* the word of one that nobody gets again */

int __pthread_mutex_lock(pthread_mutex_t *mutex);
int __pthread_mutex_trylock(pthread_mutex_t *mutex);
int __pthread_mutex_unlock(pthread_mutex_t *mutex);
int __mutex_lock_until(pthread_mutex_t *mutex, struct deadline deadline);

/* pthread/mutex_owned.c: those of MUTEX_OWNED. */
int __mutex_owned_lock(pthread_mutex_t *mutex, struct deadline deadline);
int __mutex_owned_trylock(pthread_mutex_t *mutex);
int __mutex_owned_unlock(pthread_mutex_t *mutex);

/* Of one that is MUTEX_OWNED. */
static inline bool mutex_is_own(const pthread_mutex_t *mutex)
{
	unsigned word = (unsigned)__atomic_load_n(&mutex->__word, __ATOMIC_RELAXED);

	return (word & ABI_FUTEX_TID_MASK) == (unsigned)thread_self()->tid;
}

static inline bool mutex_is_shared(const pthread_mutex_t *mutex)
{
	/* The kernel wakes waiters of robust ones as if they were. */
	return mutex->__kind & (MUTEX_SHARED | MUTEX_ROBUST);
}

#endif
