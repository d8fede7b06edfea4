/* pthread_rwlock_rdlock(3) and its family. The word is 0 when the lock is free, the number of
 * readers, or WRITER; WAITERS says that somebody sleeps on it. Readers go before writers: so a
 * thread may take it for reading again while a writer waits. */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>

#include "futex.h"
#include "thread.h"

#define WAITERS		0x80000000u
#define WRITER		0x7fffffffu	/* and as many readers, less one, at most */

static unsigned load(const pthread_rwlock_t *lock)
{
	return (unsigned)__atomic_load_n(&lock->__word, __ATOMIC_RELAXED);
}

static bool replace(pthread_rwlock_t *lock, unsigned *old, unsigned new)
{
	return __atomic_compare_exchange_n(&lock->__word, (int *)old, (int)new, false,
		__ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* One attempt: 0, EBUSY with the word found, or EAGAIN if there are too many readers. */
static int try_read(pthread_rwlock_t *lock, unsigned *word)
{
	*word = load(lock);
	for (;;) {
		unsigned readers = *word & ~WAITERS;

		if (readers == WRITER)
			return EBUSY;
		if (readers == WRITER - 1)
			return EAGAIN;
		if (replace(lock, word, *word + 1))
			return 0;
	}
}

static int try_write(pthread_rwlock_t *lock, unsigned *word)
{
	*word = load(lock);
	while (!(*word & ~WAITERS)) {
		if (replace(lock, word, *word | WRITER)) {
			__atomic_store_n(&lock->__writer, thread_self()->tid, __ATOMIC_RELAXED);
			return 0;
		}
	}
	return EBUSY;
}

static bool is_writer(const pthread_rwlock_t *lock, unsigned word)
{
	return (word & ~WAITERS) == WRITER &&
		__atomic_load_n(&lock->__writer, __ATOMIC_RELAXED) == thread_self()->tid;
}

static int acquire(pthread_rwlock_t *lock, int (*try)(pthread_rwlock_t *, unsigned *),
	struct deadline deadline)
{
	unsigned word;
	int error;

	while ((error = try(lock, &word)) == EBUSY) {
		if (is_writer(lock, word))
			return EDEADLK;
		if (!(word & WAITERS) && !replace(lock, &word, word | WAITERS))
			continue;
		error = __futex_wait(
			&lock->__word, (int)(word | WAITERS), lock->__shared, deadline);
		if (error != 0 && error != EINTR)
			return error;
	}
	return error;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
	return acquire(lock, try_read, (struct deadline){ 0 });
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
	unsigned word;

	return try_read(lock, &word);
}

int pthread_rwlock_clockrdlock(
	pthread_rwlock_t *restrict lock, clockid_t clock, const struct timespec *restrict until)
{
	return acquire(lock, try_read, (struct deadline){ clock, until });
}

int pthread_rwlock_timedrdlock(
	pthread_rwlock_t *restrict lock, const struct timespec *restrict until)
{
	return pthread_rwlock_clockrdlock(lock, CLOCK_REALTIME, until);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
	return acquire(lock, try_write, (struct deadline){ 0 });
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
	unsigned word;

	return try_write(lock, &word);
}

int pthread_rwlock_clockwrlock(
	pthread_rwlock_t *restrict lock, clockid_t clock, const struct timespec *restrict until)
{
	return acquire(lock, try_write, (struct deadline){ clock, until });
}

int pthread_rwlock_timedwrlock(
	pthread_rwlock_t *restrict lock, const struct timespec *restrict until)
{
	return pthread_rwlock_clockwrlock(lock, CLOCK_REALTIME, until);
}

/* Who frees it wakes all, for there may be readers among them. */
int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
	unsigned old = load(lock), new;
	bool shared = lock->__shared;

	if ((old & ~WAITERS) == WRITER)
		__atomic_store_n(&lock->__writer, 0, __ATOMIC_RELAXED);
	do {
		unsigned holders = old & ~WAITERS;

		if (holders == 0)
			return EPERM;
		new = holders == WRITER || holders == 1 ? 0 : old - 1;
	} while (!__atomic_compare_exchange_n(&lock->__word, (int *)&old, (int)new, false,
		__ATOMIC_RELEASE, __ATOMIC_RELAXED));
	if (new == 0 && (old & WAITERS))
		futex_wake(&lock->__word, FUTEX_ALL, shared);
	return 0;
}

int pthread_rwlock_init(
	pthread_rwlock_t *restrict lock, const pthread_rwlockattr_t *restrict attributes)
{
	*lock = (pthread_rwlock_t){ .__shared = attributes ? attributes->__shared : 0 };
	return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
	return load(lock) == 0 ? 0 : EBUSY;
}
