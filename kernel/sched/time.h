/* Time and timers. Clocks count nanoseconds: clock_ns since boot, monotonic and the same on all
 * CPUs; clock_wall_ns since 1970. Timers are one-shot; a timer's function runs in the timer
 * interrupt of the CPU that armed it (interrupts off, may not sleep). Each CPU has its timers in a
 * tree under a spin lock of rank LOCK_TIMER. Any context. */
#ifndef SCHED_TIME_H
#define SCHED_TIME_H

#include "lib/rbtree.h"
#include "lib/types.h"

#define NEVER		UINT64_MAX		/* of a clock */
#define NS_PER_SEC	1000000000ul
#define NS_PER_MS	1000000ul
#define SLICE_NS	(10 * NS_PER_MS)	/* how long a thread runs while others wait */
#define RR_SLICE_NS	(100 * NS_PER_MS)	/* the same of SCHED_RR */
#define SAMPLE_NS	(10 * NS_PER_MS)	/* between two looks at where a thread runs */
#define TICKS_PER_SEC	100			/* what programs count in (AT_CLKTCK) */
#define TICK_NS		(NS_PER_SEC / TICKS_PER_SEC)

/* Registers the timer interrupt. After sched_init. */
void time_init(void);

u64 clock_ns(void);
u64 clock_wall_ns(void);
/* How much later that is, always, since it is never set. */
u64 clock_wall_offset(void);

struct timer {
	struct rb_node node;
	u64 deadline;			/* in clock_ns */
	void (*fire)(struct timer *timer);
	u32 cpu;			/* in whose tree it is */
	bool armed;
};

void timer_init(struct timer *timer, void (*fire)(struct timer *timer));
/* Arms it, or moves it if it was armed. Calls for one timer are serialised by its owner. */
void timer_arm(struct timer *timer, u64 deadline);
/* After it returns, the function neither runs nor will run. Not to be called in that function. */
void timer_cancel(struct timer *timer);

/* For the scheduler: this CPU's timer interrupt comes no later than that. Interrupts off. */
void clock_request(u64 deadline);

#endif
