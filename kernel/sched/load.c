/* The averages fade exponentially: after a period, what was known counts for e^(-period / minutes),
 * and what is seen now for the rest. */
#include "sched/load.h"

#include "lib/atomic.h"
#include "sched/runqueue.h"
#include "sched/time.h"

#define PERIOD_NS	(5 * NS_PER_SEC)
#define LATE_NS		(50 * NS_PER_MS)	/* a busy CPU has looked by then */
#define ONE		(1ul << LOAD_SHIFT)

/* e^(-5 s / 1, 5, 15 min) */
static const u64 fades[LOAD_AVERAGES] = { 60296, 64453, 65173 };
static u64 averages[LOAD_AVERAGES];
static u64 due = PERIOD_NS;	/* atomic: who moves it on brings the averages up to date */

u64 load_active(void)
{
	u64 active = 0;

	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		const struct percpu *other = percpu_blocks[cpu];

		active += READ_ONCE(run_queues[cpu].count);
		active += READ_ONCE(other->current) != other->idle;
	}
	return active;
}

static u64 power(u64 fade, u64 exponent)
{
	u64 result = ONE;

	for (; exponent > 0; exponent >>= 1) {
		if (exponent & 1)
			result = result * fade >> LOAD_SHIFT;
		fade = fade * fade >> LOAD_SHIFT;
	}
	return result;
}

/* So many periods have ended, and at the end of the last one so many threads were active. */
static void fade(u64 periods, u64 active)
{
	for (u32 i = 0; i < LOAD_AVERAGES; i++) {
		u64 known = averages[i] * power(fades[i], periods) >> LOAD_SHIFT;

		WRITE_ONCE(averages[i], known + active * (ONE - fades[i]));
	}
}

void load_tick(u64 now)
{
	u64 end = atomic_load_relaxed(&due);

	if (likely(now < end))
		return;
	u64 periods = (now - end) / PERIOD_NS + 1;
	u64 last = end + (periods - 1) * PERIOD_NS;
	if (atomic_compare_exchange(&due, &end, last + PERIOD_NS))
		fade(periods, now - last < LATE_NS ? load_active() : 0);
}

void load_get(u64 to[LOAD_AVERAGES])
{
	load_tick(clock_ns());
	for (u32 i = 0; i < LOAD_AVERAGES; i++)
		to[i] = READ_ONCE(averages[i]);
}
