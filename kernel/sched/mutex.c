/* Sleeping locks (sched/mutex.h). The owner word is the lock: taking a free one is one
 * compare-and-exchange. */
#include "sched/mutex.h"

#include "core/panic.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "sched/thread.h"

#ifdef DEBUG
static void check_take(const struct mutex *mutex)
{
	for (u32 rank = mutex->rank + 1; rank < ARRAY_SIZE(thread_current()->mutexes); rank++)
		ASSERT(thread_current()->mutexes[rank] == 0);
	ASSERT(!mutex_is_held(mutex));
}

static void count_held(const struct mutex *mutex, int change)
{
	thread_current()->mutexes[mutex->rank] += change;
}
#else
static inline void check_take(const struct mutex *mutex)
{
	(void)mutex;
}

static inline void count_held(const struct mutex *mutex, int change)
{
	(void)mutex;
	(void)change;
}
#endif

void mutex_init(struct mutex *mutex, enum mutex_rank rank)
{
	wait_queue_init(&mutex->queue);
	mutex->owner = NULL;
	mutex->rank = rank;
}

bool mutex_try_lock(struct mutex *mutex)
{
	struct thread *nobody = NULL;

	if (!atomic_compare_exchange(&mutex->owner, &nobody, thread_current()))
		return false;
	count_held(mutex, 1);
	return true;
}

void mutex_lock(struct mutex *mutex)
{
	check_take(mutex);
	if (!mutex_try_lock(mutex))
		wait_event(&mutex->queue, WAIT_UNINTERRUPTIBLE, mutex_try_lock(mutex));
}

void mutex_unlock(struct mutex *mutex)
{
	DEBUG_ASSERT(mutex_is_held(mutex));
	count_held(mutex, -1);
	/* Who joins the queue after this sees the lock free, who has joined before the fence is
	 * seen here. */
	atomic_store(&mutex->owner, NULL);
	atomic_fence();
	if (unlikely(!list_empty(&mutex->queue.waiters)))
		wait_wake(&mutex->queue, 1);
}

bool mutex_is_held(const struct mutex *mutex)
{
	return atomic_load(&mutex->owner) == thread_current();
}
