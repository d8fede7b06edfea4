/* Time and timers (sched/time.h). The hardware timer of a CPU is set anew only when something is
 * due earlier than it was set for: an interrupt that finds nothing to do is rarer, and cheaper,
 * than one programming for each switch. */
#include "sched/time.h"

#include "core/spinlock.h"
#include "sched/cpu_time.h"
#include "sched/load.h"
#include "sched/thread.h"
#include "x86/clock.h"
#include "x86/insn.h"
#include "x86/percpu.h"
#include "x86/trap.h"

struct timer_base {
	struct spinlock lock;
	struct rb_tree timers;		/* by deadline, equal ones in the order they were armed */
	struct timer *running;		/* whose function is being called */
	u64 set_for;			/* when the hardware's interrupt comes; its own CPU's */
};

static struct timer_base bases[CPU_MAX];

u64 clock_ns(void)
{
	return clock_hw_ns();
}

u64 clock_wall_offset(void)
{
	return clock_hw_boot_time() * NS_PER_SEC;
}

u64 clock_wall_ns(void)
{
	return clock_wall_offset() + clock_hw_ns();
}

void clock_request(u64 deadline)
{
	struct timer_base *base = &bases[percpu_self()->id];

	if (deadline < base->set_for) {
		base->set_for = deadline;
		clock_hw_set_timer(deadline);
	}
}

static struct timer *timer_of(struct rb_node *node)
{
	return node ? container_of(node, struct timer, node) : NULL;
}

static void timer_insert(struct rb_tree *tree, struct timer *timer)
{
	struct rb_node **link = &tree->root, *parent = NULL;

	while (*link) {
		parent = *link;
		link = timer->deadline < timer_of(parent)->deadline ? &parent->left
								    : &parent->right;
	}
	rb_insert(tree, &timer->node, parent, link);
}

void timer_init(struct timer *timer, void (*fire)(struct timer *timer))
{
	timer->fire = fire;
	timer->cpu = percpu_self()->id;
	timer->armed = false;
}

/* Takes it out of its tree if it is in one. */
static void timer_disarm(struct timer *timer)
{
	struct timer_base *base = &bases[timer->cpu];
	bool irqs = spin_lock_irq(&base->lock);

	if (timer->armed)
		rb_remove(&base->timers, &timer->node);
	timer->armed = false;
	spin_unlock_irq(&base->lock, irqs);
}

void timer_arm(struct timer *timer, u64 deadline)
{
	timer_disarm(timer);
	bool irqs = insn_irq_save();
	struct timer_base *base = &bases[percpu_self()->id];
	spin_lock(&base->lock);
	timer->cpu = percpu_self()->id;
	timer->deadline = deadline;
	timer->armed = true;
	timer_insert(&base->timers, timer);
	spin_unlock(&base->lock);
	clock_request(deadline);
	insn_irq_restore(irqs);
}

void timer_cancel(struct timer *timer)
{
	timer_disarm(timer);
	/* Its function may run still on a CPU from which it has been moved. */
	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		while (READ_ONCE(bases[cpu].running) == timer)
			insn_pause();
}

/* Calls the functions of all timers that are due; when the next one is. */
static u64 timers_run(struct timer_base *base)
{
	struct timer *timer;

	spin_lock(&base->lock);
	while ((timer = timer_of(rb_first(&base->timers))) && timer->deadline <= clock_ns()) {
		rb_remove(&base->timers, &timer->node);
		timer->armed = false;
		base->running = timer;
		spin_unlock(&base->lock);
		timer->fire(timer);
		spin_lock(&base->lock);
		base->running = NULL;
	}
	u64 next = timer ? timer->deadline : NEVER;
	spin_unlock(&base->lock);
	return next;
}

static bool time_interrupt(struct trap_frame *frame)
{
	struct timer_base *base = &bases[percpu_self()->id];

	/* What the functions request is programmed below, once. */
	base->set_for = 0;
	u64 next = timers_run(base);
	u64 now = clock_ns();
	load_tick(now);
	cpu_time_tick(now, trap_from_user(frame));
	next = MIN(next, sched_tick(now, trap_from_user(frame)));
	base->set_for = next;
	clock_hw_set_timer(next);
	return true;
}

void time_init(void)
{
	for (u32 cpu = 0; cpu < CPU_MAX; cpu++) {
		spin_init(&bases[cpu].lock, "timers", LOCK_TIMER);
		bases[cpu].set_for = NEVER;
	}
	trap_register(TRAP_TIMER, time_interrupt);
}
