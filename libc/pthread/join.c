/* pthread_join(3), pthread_tryjoin_np(3), pthread_detach(3). A thread is gone when the kernel has
 * made its tid 0. */
#include <errno.h>
#include <pthread.h>

#include "alias.h"
#include "cancel.h"
#include "futex.h"
#include "thread_list.h"

static void free_thread(struct thread *thread)
{
	unsigned long mask = signals_block();

	lock_always(&__thread_list_lock);
	__thread_free_locked(thread);
	unlock_always(&__thread_list_lock);
	signals_restore(mask);
}

/* The kernel wakes the word as one that processes share. */
static int wait_until_gone(struct thread *thread, struct deadline deadline)
{
	int tid, error;

	while ((tid = __atomic_load_n(&thread->tid, __ATOMIC_ACQUIRE)) != 0) {
		error = __futex_wait_cancel(&thread->tid, tid, true, deadline);
		if (error != 0 && error != EINTR)
			return error;
	}
	return 0;
}

static int claim(struct thread *thread, struct thread *self)
{
	/* Of two that join one another at once, one at least sees it. */
	__atomic_store_n(&self->joins, thread, __ATOMIC_SEQ_CST);
	if (thread == self || __atomic_load_n(&thread->joins, __ATOMIC_SEQ_CST) == self)
		return EDEADLK;
	if (__atomic_load_n(&thread->state, __ATOMIC_ACQUIRE) == THREAD_DETACHED ||
			__atomic_exchange_n(&thread->joining, 1, __ATOMIC_ACQUIRE))
		return EINVAL;
	return 0;
}

/* A thread that is cancelled here leaves the other as it is, to be joined by another. */
static int join(struct thread *thread, void **result, struct deadline deadline)
{
	struct thread *self = thread_self();
	int error = claim(thread, self);
	unsigned before;

	if (error) {
		self->joins = NULL;
		return error;
	}
	before = __cancel_change(CANCEL_RETURNS, 0);
	error = wait_until_gone(thread, deadline);
	__cancel_change(0, CANCEL_RETURNS & ~before);
	self->joins = NULL;
	if (error) {
		__atomic_store_n(&thread->joining, 0, __ATOMIC_RELEASE);
		if (error == ECANCELED)
			__cancel_test();
		return error;
	}
	if (result)
		*result = thread->result;
	free_thread(thread);
	return 0;
}

int __pthread_join(pthread_t id, void **result)
{
	__cancel_test();
	return join(thread_of(id), result, (struct deadline){ 0 });
}

weak_alias(__pthread_join, pthread_join);

int __pthread_clockjoin_np(
	pthread_t id, void **result, clockid_t clock, const struct timespec *until)
{
	__cancel_test();
	return join(thread_of(id), result, (struct deadline){ clock, until });
}

weak_alias(__pthread_clockjoin_np, pthread_clockjoin_np);

int __pthread_timedjoin_np(pthread_t id, void **result, const struct timespec *until)
{
	return __pthread_clockjoin_np(id, result, CLOCK_REALTIME, until);
}

weak_alias(__pthread_timedjoin_np, pthread_timedjoin_np);

int __pthread_tryjoin_np(pthread_t id, void **result)
{
	if (__atomic_load_n(&thread_of(id)->tid, __ATOMIC_ACQUIRE) != 0)
		return EBUSY;
	return join(thread_of(id), result, (struct deadline){ 0 });
}

weak_alias(__pthread_tryjoin_np, pthread_tryjoin_np);

int __pthread_detach(pthread_t id)
{
	struct thread *thread = thread_of(id);
	int state = THREAD_JOINABLE;

	if (__atomic_compare_exchange_n(&thread->state, &state, THREAD_DETACHED, false,
			__ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		return 0;
	if (state == THREAD_DETACHED)
		return EINVAL;
	free_thread(thread);
	return 0;
}

weak_alias(__pthread_detach, pthread_detach);
