/* sem_wait(3), sem_post(3). One word has the value in its lower half, which is what a futex can
 * look at, and the number of waiters in its upper: so sem_post learns of them by the instruction
 * that lets one go, after which the semaphore may be gone. */
#include <errno.h>
#include <semaphore.h>
#include <stdbool.h>

#include "cancel.h"
#include "futex.h"

#define ONE_WAITER	(1ul << 32)
#define VALUE(word)	((word) & 0xffffffff)

static int fail(int error)
{
	errno = error;
	return -1;
}

int sem_init(sem_t *semaphore, int shared, unsigned value)
{
	if (value > SEM_VALUE_MAX)
		return fail(EINVAL);
	*semaphore = (sem_t){ value, shared != 0 };
	return 0;
}

int sem_destroy(sem_t *semaphore)
{
	(void)semaphore;
	return 0;
}

int sem_getvalue(sem_t *restrict semaphore, int *restrict value)
{
	*value = (int)VALUE(__atomic_load_n(&semaphore->__value, __ATOMIC_RELAXED));
	return 0;
}

int sem_post(sem_t *semaphore)
{
	unsigned long old = __atomic_load_n(&semaphore->__value, __ATOMIC_RELAXED);
	bool shared = semaphore->__shared;

	do {
		if (VALUE(old) == SEM_VALUE_MAX)
			return fail(EOVERFLOW);
	} while (!__atomic_compare_exchange_n(&semaphore->__value, &old, old + 1, false,
		__ATOMIC_RELEASE, __ATOMIC_RELAXED));
	if (old >= ONE_WAITER)
		futex_wake(&semaphore->__value, 1, shared);
	return 0;
}

/* Takes one, and with it as much from the upper half; false if there is none. */
static bool take(sem_t *semaphore, unsigned long waiter)
{
	unsigned long old = __atomic_load_n(&semaphore->__value, __ATOMIC_RELAXED);

	while (VALUE(old) > 0)
		if (__atomic_compare_exchange_n(&semaphore->__value, &old, old - 1 - waiter, false,
				__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return true;
	return false;
}

int sem_trywait(sem_t *semaphore)
{
	return take(semaphore, 0) ? 0 : fail(EAGAIN);
}

static int wait(sem_t *semaphore, struct deadline deadline)
{
	unsigned before = __cancel_change(CANCEL_RETURNS, 0);
	int error = 0;

	__atomic_fetch_add(&semaphore->__value, ONE_WAITER, __ATOMIC_RELAXED);
	while (!take(semaphore, ONE_WAITER)) {
		error = __futex_wait_cancel(&semaphore->__value, 0, semaphore->__shared, deadline);
		if (error) {
			__atomic_fetch_sub(&semaphore->__value, ONE_WAITER, __ATOMIC_RELAXED);
			break;
		}
	}
	__cancel_change(0, CANCEL_RETURNS & ~before);
	if (error == ECANCELED)
		__cancel_test();
	return error ? fail(error) : 0;
}

int sem_clockwait(sem_t *restrict semaphore, clockid_t clock, const struct timespec *restrict until)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return fail(EINVAL);
	__cancel_test();
	return take(semaphore, 0) ? 0 : wait(semaphore, (struct deadline){ clock, until });
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until)
{
	return sem_clockwait(semaphore, CLOCK_REALTIME, until);
}

int sem_wait(sem_t *semaphore)
{
	return sem_clockwait(semaphore, CLOCK_REALTIME, NULL);
}
