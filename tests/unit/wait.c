// unit: sources kernel/sched/wait.c flags -Ikernel
/* sched/wait.c on the host. What another CPU does in the middle of a wait is done where the wait
 * takes its queue's lock or sleeps. */
#include "unit.h"

#include <asm/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/errno.h"
#include "sched/thread.h"
#include "sched/time.h"
#include "sched/wait.h"

static struct wait_queue queue;
static u32 tests, sleeps, woken;
static void (*before_lock)(void);

void spin_init(struct spinlock *lock, const char *name, enum lock_rank rank)
{
	*lock = (struct spinlock)SPINLOCK_INIT(name, rank);
}

bool spin_lock_irq(struct spinlock *lock)
{
	void (*act)(void) = before_lock;

	(void)lock;
	before_lock = NULL;
	if (act)
		act();
	return false;
}

void spin_unlock_irq(struct spinlock *lock, bool irqs)
{
	(void)lock;
	(void)irqs;
}

static void wake_one(void)
{
	woken += wait_wake(&queue, 1);
}

/* The thread is killed while it sleeps; somebody wakes one waiter as soon as it can. */
void sched_sleep(const bool *woken_flag, u32 kind)
{
	(void)woken_flag;
	(void)kind;
	sleeps++;
	before_lock = wake_one;
}

void sched_wake(struct thread *thread)
{
	(void)thread;
}

u64 clock_ns(void)
{
	return 0;
}

void timer_init(struct timer *timer, void (*fire)(struct timer *timer))
{
	(void)timer;
	(void)fire;
}

void timer_arm(struct timer *timer, u64 deadline)
{
	(void)timer;
	(void)deadline;
}

void timer_cancel(struct timer *timer)
{
	(void)timer;
}

/* True once, as taking a lock is. */
static bool true_the_second_time(void)
{
	return ++tests == 2;
}

static void condition_that_becomes_true_on_joining_counts(void)
{
	tests = sleeps = 0;
	UNIT_CHECK(wait_event(&queue, WAIT_KILLABLE, true_the_second_time()) == 0);
	UNIT_CHECK(tests == 2 && sleeps == 0);
	UNIT_CHECK(list_empty(&queue.waiters));
}

static void wake_of_one_who_gives_up_is_not_lost(void)
{
	woken = sleeps = 0;
	UNIT_CHECK(wait_event(&queue, WAIT_KILLABLE, woken > 0) == (woken > 0 ? 0 : -ERESTARTSYS));
	UNIT_CHECK(sleeps == 1);
	UNIT_CHECK(list_empty(&queue.waiters));
}

int main(void)
{
	static struct percpu cpu;
	static struct thread self;

	cpu.self = &cpu;
	cpu.current = &self;
	if (syscall(SYS_arch_prctl, ARCH_SET_GS, &cpu))
		return 1;
	wait_queue_init(&queue);
	UNIT_CASE(condition_that_becomes_true_on_joining_counts);
	UNIT_CASE(wake_of_one_who_gives_up_is_not_lost);
	return unit_done();
}
