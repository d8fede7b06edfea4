/* Wait queues and flags (sched/wait.h).
 *
 * A waiter lies on the stack of the thread that waits. Who wakes it does so under the queue's lock,
 * which wait_end takes too: so the waiter, and the thread, are there as long as they are needed. */
#include "sched/wait.h"

#include "lib/atomic.h"
#include "lib/errno.h"
#include "sched/thread.h"
#include "sched/time.h"

struct wait_timeout {
	struct timer timer;
	struct waiter *waiter;
	bool expired;
};

void wait_queue_init(struct wait_queue *queue)
{
	spin_init(&queue->lock, "wait queue", LOCK_WAIT);
	list_init(&queue->waiters);
}

static void wake_waiter_locked(struct waiter *waiter)
{
	list_remove(&waiter->node);
	WRITE_ONCE(waiter->woken, true);
	if (waiter->chief)
		WRITE_ONCE(waiter->chief->woken, true);
	sched_wake(waiter->thread);
}

u32 wait_wake(struct wait_queue *queue, u32 count)
{
	bool irqs = spin_lock_irq(&queue->lock);
	u32 woken = 0;

	while (woken < count && !list_empty(&queue->waiters)) {
		wake_waiter_locked(list_first(&queue->waiters, struct waiter, node));
		woken++;
	}
	spin_unlock_irq(&queue->lock, irqs);
	return woken;
}

static void waiter_enter(struct wait_queue *queue, struct waiter *waiter, struct waiter *chief)
{
	waiter->thread = thread_current();
	waiter->queue = queue;
	waiter->chief = chief;
	waiter->woken = false;
	bool irqs = spin_lock_irq(&queue->lock);
	list_push_back(&queue->waiters, &waiter->node);
	spin_unlock_irq(&queue->lock, irqs);
	/* The condition is read after this; who makes it true looks into the queue after that. */
	atomic_fence();
}

void wait_begin(struct wait_queue *queue, struct waiter *waiter, enum wait_kind kind)
{
	waiter->kind = kind;
	waiter_enter(queue, waiter, NULL);
}

void wait_join(struct wait_queue *queue, struct waiter *waiter, struct waiter *chief)
{
	waiter->kind = chief->kind;
	waiter_enter(queue, waiter, chief);
}

void wait_chief_again(struct waiter *chief)
{
	WRITE_ONCE(chief->woken, false);
	atomic_fence();
}

/* Wakes the waiter as its queue would, so that there is one way to be woken; `expired` tells why.
 */
static void wait_expire(struct timer *timer)
{
	struct wait_timeout *timeout = container_of(timer, struct wait_timeout, timer);
	struct wait_queue *queue = timeout->waiter->queue;
	bool irqs = spin_lock_irq(&queue->lock);

	if (!timeout->waiter->woken) {
		timeout->expired = true;
		wake_waiter_locked(timeout->waiter);
	}
	spin_unlock_irq(&queue->lock, irqs);
}

static void sleep_with(struct timer *timer, u64 deadline, const bool *woken, u32 kind)
{
	timer_arm(timer, deadline);
	sched_sleep(woken, kind);
	timer_cancel(timer);
}

/* Whether the deadline ended it. */
static bool sleep_until(struct waiter *waiter, u64 deadline)
{
	struct wait_timeout timeout = { .waiter = waiter };

	timer_init(&timeout.timer, wait_expire);
	sleep_with(&timeout.timer, deadline, &waiter->woken, waiter->kind);
	return timeout.expired;
}

int wait_sleep(struct waiter *waiter, u64 deadline)
{
	if (deadline == WAIT_FOREVER)
		sched_sleep(&waiter->woken, waiter->kind);
	else if (sleep_until(waiter, deadline))
		return -ETIMEDOUT;
	/* Who gives up leaves first, and then looks: a wake-up meant for one waiter must not be
	 * lost with it. */
	if (!READ_ONCE(waiter->woken))
		wait_end(waiter);
	return waiter->woken ? 0 : -ERESTARTSYS;
}

void wait_end(struct waiter *waiter)
{
	bool irqs = spin_lock_irq(&waiter->queue->lock);

	list_remove(&waiter->node);
	spin_unlock_irq(&waiter->queue->lock, irqs);
}

int wait_until(enum wait_kind kind, u64 deadline)
{
	struct wait_queue queue;

	wait_queue_init(&queue);
	int error = wait_event_until(&queue, kind, deadline, clock_ns() >= deadline);
	return error == -ETIMEDOUT ? 0 : error;
}

void wait_flag_init(struct wait_flag *flag)
{
	*flag = (struct wait_flag){ .thread = thread_current() };
}

static void flag_wake(struct wait_flag *flag)
{
	WRITE_ONCE(flag->over, true);
	sched_wake(flag->thread);
}

void wait_flag_raise(struct wait_flag *flag)
{
	WRITE_ONCE(flag->raised, true);
	flag_wake(flag);
}

struct flag_timeout {
	struct timer timer;
	struct wait_flag *flag;
};

static void flag_expire(struct timer *timer)
{
	flag_wake(container_of(timer, struct flag_timeout, timer)->flag);
}

static void flag_sleep_until(struct wait_flag *flag, enum wait_kind kind, u64 deadline)
{
	struct flag_timeout timeout = { .flag = flag };

	timer_init(&timeout.timer, flag_expire);
	sleep_with(&timeout.timer, deadline, &flag->over, kind);
}

int wait_flag_sleep(struct wait_flag *flag, enum wait_kind kind, u64 deadline)
{
	if (deadline == WAIT_FOREVER)
		sched_sleep(&flag->over, kind);
	else
		flag_sleep_until(flag, kind, deadline);
	if (READ_ONCE(flag->raised))
		return 0;
	return READ_ONCE(flag->over) ? -ETIMEDOUT : -ERESTARTSYS;
}
