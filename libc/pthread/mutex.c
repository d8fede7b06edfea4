/* pthread_mutex_lock(3) and its family: normal mutexes, of which an uncontended lock or unlock is
 * one atomic instruction. mutex_owned.c has the other kinds. */
#include "mutex.h"

#include <errno.h>

#include "alias.h"

#define SPINS 100	/* a mutex is often held for less time than it takes to sleep */

static bool try(pthread_mutex_t *mutex)
{
	int free = 0;

	return __atomic_compare_exchange_n(&mutex->__word, &free, 1, false, __ATOMIC_ACQUIRE,
		__ATOMIC_RELAXED);
}

/* Whoever has waited takes it as "perhaps waited for": others may be waiting still. */
static int wait(pthread_mutex_t *mutex, struct deadline deadline)
{
	for (int i = 0; i < SPINS; i++) {
		int word = __atomic_load_n(&mutex->__word, __ATOMIC_RELAXED);

		if (word == 2)
			break;
		if (word == 0 && try(mutex))
			return 0;
		__builtin_ia32_pause();
	}
	while (__atomic_exchange_n(&mutex->__word, 2, __ATOMIC_ACQUIRE) != 0) {
		int error = __futex_wait(&mutex->__word, 2, mutex_is_shared(mutex), deadline);

		if (error != 0 && error != EINTR)
			return error;
	}
	return 0;
}

int __mutex_lock_until(pthread_mutex_t *mutex, struct deadline deadline)
{
	if (mutex->__kind & MUTEX_OWNED)
		return __mutex_owned_lock(mutex, deadline);
	return try(mutex) ? 0 : wait(mutex, deadline);
}

int __pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return __mutex_lock_until(mutex, (struct deadline){ 0 });
}

int __pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	if (mutex->__kind & MUTEX_OWNED)
		return __mutex_owned_trylock(mutex);
	return try(mutex) ? 0 : EBUSY;
}

/* After the exchange the mutex may be another's, or gone: it is not looked at again. */
int __pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	bool shared = mutex_is_shared(mutex);

	if (mutex->__kind & MUTEX_OWNED)
		return __mutex_owned_unlock(mutex);
	if (__atomic_exchange_n(&mutex->__word, 0, __ATOMIC_RELEASE) == 2)
		futex_wake(&mutex->__word, 1, shared);
	return 0;
}

weak_alias(__pthread_mutex_lock, pthread_mutex_lock);
weak_alias(__pthread_mutex_trylock, pthread_mutex_trylock);
weak_alias(__pthread_mutex_unlock, pthread_mutex_unlock);

int __pthread_mutex_timedlock(
	pthread_mutex_t *restrict mutex, const struct timespec *restrict until)
{
	return __mutex_lock_until(mutex, (struct deadline){ CLOCK_REALTIME, until });
}

weak_alias(__pthread_mutex_timedlock, pthread_mutex_timedlock);

int __pthread_mutex_clocklock(
	pthread_mutex_t *restrict mutex, clockid_t clock, const struct timespec *restrict until)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return EINVAL;
	return __mutex_lock_until(mutex, (struct deadline){ clock, until });
}

weak_alias(__pthread_mutex_clocklock, pthread_mutex_clocklock);

int __pthread_mutex_init(
	pthread_mutex_t *restrict mutex, const pthread_mutexattr_t *restrict attributes)
{
	*mutex = (pthread_mutex_t){ .__kind = attributes ? attributes->__kind : 0 };
	return 0;
}

weak_alias(__pthread_mutex_init, pthread_mutex_init);

int __pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	int word = __atomic_load_n(&mutex->__word, __ATOMIC_RELAXED);

	return word == 0 || word == MUTEX_LOST ? 0 : EBUSY;
}

weak_alias(__pthread_mutex_destroy, pthread_mutex_destroy);
