/* pthread_cond_wait(3), pthread_cond_signal(3).
 *
 * Waiters stand in a list, first come first, each with a word on its own stack to sleep on. Whoever
 * signals takes the first that still waits out of the list; from then on that thread does not touch
 * the condition variable any more, so it may be destroyed at once. One that gives up (its time is
 * over, or it is cancelled) says so in its word, unless it was signalled before: then it was woken,
 * and no wake-up is lost. It takes itself out of the list, and pthread_cond_destroy waits for it.
 *
 * The stacks of other processes are out of reach, so a condition variable that processes share is a
 * counter of signals to sleep on. A wake-up goes to who has slept longest. */
#include <errno.h>
#include <pthread.h>

#include "alias.h"
#include "cancel.h"
#include "futex.h"
#include "lock.h"
#include "mutex.h"

enum { WAITING, SIGNALLED, GIVING_UP };

struct waiter {
	struct waiter *next, *previous;
	int state;
};

static void enter(pthread_cond_t *cond, struct waiter *waiter)
{
	lock_always(&cond->__lock);
	waiter->previous = cond->__last;
	if (waiter->previous)
		waiter->previous->next = waiter;
	else
		cond->__first = waiter;
	cond->__last = waiter;
	unlock_always(&cond->__lock);
}

/* Takes one out that has stood between these two. */
static void close_gap(pthread_cond_t *cond, struct waiter *previous, struct waiter *next)
{
	if (previous)
		previous->next = next;
	else
		cond->__first = next;
	if (next)
		next->previous = previous;
	else
		cond->__last = previous;
}

static bool change_state(struct waiter *waiter, int to)
{
	int waiting = WAITING;

	return __atomic_compare_exchange_n(&waiter->state, &waiting, to, false, __ATOMIC_ACQ_REL,
		__ATOMIC_ACQUIRE);
}

/* Until it is signalled, or the error because of which it is not. */
static int sleep_in_list(pthread_cond_t *cond, struct waiter *waiter, struct deadline deadline)
{
	int error = 0;

	while (__atomic_load_n(&waiter->state, __ATOMIC_ACQUIRE) == WAITING && !error) {
		error = __futex_wait_cancel(&waiter->state, WAITING, false, deadline);
		if (error == EINTR)
			error = 0;
	}
	if (!change_state(waiter, GIVING_UP))
		return 0;
	lock_always(&cond->__lock);
	close_gap(cond, waiter->previous, waiter->next);
	unlock_always(&cond->__lock);
	return error;
}

static int wait_private(pthread_cond_t *cond, pthread_mutex_t *mutex, struct deadline deadline)
{
	struct waiter waiter = { .state = WAITING };

	enter(cond, &waiter);
	__pthread_mutex_unlock(mutex);
	return sleep_in_list(cond, &waiter, deadline);
}

static int wait_shared(pthread_cond_t *cond, pthread_mutex_t *mutex, struct deadline deadline)
{
	int sequence = __atomic_load_n(&cond->__sequence, __ATOMIC_SEQ_CST), error;

	__pthread_mutex_unlock(mutex);
	error = __futex_wait_cancel(&cond->__sequence, sequence, true, deadline);
	return error == EINTR ? 0 : error;
}

/* The mutex is held again when cleanup handlers run. */
int __cond_wait_until(pthread_cond_t *cond, pthread_mutex_t *mutex, struct deadline deadline)
{
	unsigned before;
	int error, lock_error;

	if (deadline.time && (unsigned long)deadline.time->tv_nsec >= 1000000000)
		return EINVAL;
	if ((mutex->__kind & MUTEX_OWNED) && !mutex_is_own(mutex))
		return EPERM;
	__cancel_test();
	before = __cancel_change(CANCEL_RETURNS, 0);
	error = (cond->__shared ? wait_shared : wait_private)(cond, mutex, deadline);
	lock_error = __pthread_mutex_lock(mutex);
	__cancel_change(0, CANCEL_RETURNS & ~before);
	if (error == ECANCELED)
		__cancel_test();
	return lock_error ? lock_error : error;
}

int __pthread_cond_wait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex)
{
	return __cond_wait_until(cond, mutex, (struct deadline){ 0 });
}

int __pthread_cond_timedwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex,
	const struct timespec *restrict until)
{
	return __cond_wait_until(cond, mutex, (struct deadline){ cond->__clock, until });
}

int __pthread_cond_clockwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex,
	clockid_t clock, const struct timespec *restrict until)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return EINVAL;
	return __cond_wait_until(cond, mutex, (struct deadline){ clock, until });
}

weak_alias(__pthread_cond_clockwait, pthread_cond_clockwait);

weak_alias(__pthread_cond_wait, pthread_cond_wait);
weak_alias(__pthread_cond_timedwait, pthread_cond_timedwait);

static void signal_shared(pthread_cond_t *cond, int count)
{
	__atomic_fetch_add(&cond->__sequence, 1, __ATOMIC_SEQ_CST);
	futex_wake(&cond->__sequence, count, true);
}

/* A waiter may be gone as soon as its word says that it is signalled; then a wake-up of that word
 * wakes nobody, or somebody else who looks at his own and sleeps on. */
static void signal_private(pthread_cond_t *cond, int count)
{
	struct waiter *waiter, *previous, *next;

	if (!__atomic_load_n(&cond->__first, __ATOMIC_SEQ_CST))
		return;
	lock_always(&cond->__lock);
	for (waiter = cond->__first; waiter && count > 0; waiter = next) {
		previous = waiter->previous;
		next = waiter->next;
		if (change_state(waiter, SIGNALLED)) {
			close_gap(cond, previous, next);
			futex_wake(&waiter->state, 1, false);
			count--;
		}
	}
	unlock_always(&cond->__lock);
}

int __pthread_cond_signal(pthread_cond_t *cond)
{
	(cond->__shared ? signal_shared : signal_private)(cond, 1);
	return 0;
}

int __pthread_cond_broadcast(pthread_cond_t *cond)
{
	(cond->__shared ? signal_shared : signal_private)(cond, FUTEX_ALL);
	return 0;
}

weak_alias(__pthread_cond_signal, pthread_cond_signal);
weak_alias(__pthread_cond_broadcast, pthread_cond_broadcast);

int __pthread_cond_init(
	pthread_cond_t *restrict cond, const pthread_condattr_t *restrict attributes)
{
	*cond = (pthread_cond_t){ 0 };
	if (attributes) {
		cond->__clock = attributes->__clock;
		cond->__shared = attributes->__shared;
	}
	return 0;
}

weak_alias(__pthread_cond_init, pthread_cond_init);

/* EBUSY if threads wait. Those that are about to give up are waited for. */
int __pthread_cond_destroy(pthread_cond_t *cond)
{
	bool empty = false, busy = false;

	while (!empty && !busy) {
		lock_always(&cond->__lock);
		empty = !cond->__first;
		for (struct waiter *waiter = cond->__first; waiter; waiter = waiter->next)
			busy |= __atomic_load_n(&waiter->state, __ATOMIC_ACQUIRE) == WAITING;
		unlock_always(&cond->__lock);
		if (!empty && !busy)
			__sched_yield();
	}
	return busy ? EBUSY : 0;
}

weak_alias(__pthread_cond_destroy, pthread_cond_destroy);
