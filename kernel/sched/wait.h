/* Waiting: the only way to block. A thread that waits for a condition sleeps in the wait queue that
 * is woken whenever the condition may have become true.
 *
 *	error = wait_event(&queue, WAIT_INTERRUPTIBLE, pipe->used > 0);
 *	error = wait_event_locked(&queue, WAIT_INTERRUPTIBLE, &pipe->lock, pipe->used > 0);
 *
 * The condition is tested after the thread has joined the queue, so no wake-up is lost; once it has
 * been true it is not tested again, so it may take what it tests for (mutex_try_lock). The locked
 * form releases the spin lock (taken with spin_lock) while it sleeps and holds it when it returns.
 * A thread that waits for any of several things has one waiter in a queue of its own (wait_begin),
 * and with wait_join one more in each queue that may be woken: see fs/poll.c.
 *
 * Results: 0; -ERESTARTSYS if the thread was interrupted (the condition may be true all the same),
 * which a system call gives back as it is or as another of its class (lib/errno.h); -ETIMEDOUT from
 * the forms with a deadline (in clock_ns).
 *
 * A queue has a spin lock of rank LOCK_WAIT, taken with interrupts off: wait_wake may be called in
 * interrupt handlers and under other spin locks of lower rank. */
#ifndef SCHED_WAIT_H
#define SCHED_WAIT_H

#include "core/spinlock.h"
#include "lib/list.h"
#include "lib/types.h"

/* What ends a wait early. Each bit is something that can interrupt a thread: 1 its death, 2 any
 * other signal. */
enum wait_kind {
	WAIT_UNINTERRUPTIBLE = 0,	/* for what is certain to come soon */
	WAIT_KILLABLE = 1,		/* only a fatal signal ends it */
	WAIT_INTERRUPTIBLE = 3,		/* any signal ends it */
};

#define WAIT_FOREVER	UINT64_MAX

struct thread;

struct wait_queue {
	struct spinlock lock;
	struct list_node waiters;
};

struct waiter {
	struct list_node node;		/* queue->lock; itself when it has been woken */
	struct thread *thread;
	struct wait_queue *queue;
	struct waiter *chief;		/* sleeps for this one too, and is woken with it; or NULL */
	bool woken;
	u8 kind;
};

void wait_queue_init(struct wait_queue *queue);

/* Wakes up to count waiters, in the order they came; returns how many. */
u32 wait_wake(struct wait_queue *queue, u32 count);
#define WAIT_ALL	UINT32_MAX

/* The parts of wait_event: join, then test the condition, then sleep, then leave. wait_sleep
 * returns 0 when woken, -ERESTARTSYS or -ETIMEDOUT. */
void wait_begin(struct wait_queue *queue, struct waiter *waiter, enum wait_kind kind);
int wait_sleep(struct waiter *waiter, u64 deadline);
void wait_end(struct waiter *waiter);

/* Joins a further queue for the thread that has begun to wait with chief: who wakes this waiter
 * wakes the chief. wait_end it as well, before the chief. */
void wait_join(struct wait_queue *queue, struct waiter *waiter, struct waiter *chief);
/* Before the chief tests its conditions and sleeps once more. Waiters that have been woken are in
 * no queue any more: those are joined again. */
void wait_chief_again(struct waiter *chief);

/* Sleeps until the deadline (in clock_ns): 0, or -ERESTARTSYS. */
int wait_until(enum wait_kind kind, u64 deadline);

/* A wait without a queue, for modules that keep lists of their own of who waits for what: the thread
 * sleeps until its flag is raised. Who raises it holds a lock that the thread takes before the flag
 * goes; so the one lock does what a queue's would do besides. */
struct wait_flag {
	struct thread *thread;
	bool raised;
	bool over;		/* that, or the deadline has come */
};

/* Of the current thread. */
void wait_flag_init(struct wait_flag *flag);
void wait_flag_raise(struct wait_flag *flag);	/* any context */
/* 0 if it is raised; else why the wait has ended: -ERESTARTSYS, -ETIMEDOUT. */
int wait_flag_sleep(struct wait_flag *flag, enum wait_kind kind, u64 deadline);

#define wait_event_until(queue, kind, deadline, condition)			\
({										\
	int wait_error = 0;							\
	struct waiter wait_self;						\
	while (!(condition)) {							\
		wait_begin(queue, &wait_self, kind);				\
		bool wait_over = (condition);					\
		if (!wait_over)							\
			wait_error = wait_sleep(&wait_self, deadline);		\
		wait_end(&wait_self);						\
		if (wait_over || wait_error)					\
			break;							\
	}									\
	wait_error;								\
})
#define wait_event(queue, kind, condition) wait_event_until(queue, kind, WAIT_FOREVER, condition)

#define wait_event_locked(queue, kind, spinlock, condition)			\
({										\
	int wait_error = 0;							\
	struct waiter wait_self;						\
	while (!(condition)) {							\
		wait_begin(queue, &wait_self, kind);				\
		spin_unlock(spinlock);						\
		wait_error = wait_sleep(&wait_self, WAIT_FOREVER);		\
		wait_end(&wait_self);						\
		spin_lock(spinlock);						\
		if (wait_error)							\
			break;							\
	}									\
	wait_error;								\
})

#endif
