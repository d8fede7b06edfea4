/* Time is linear in the time stamp counter: from counter value `tsc` on, it is ns + (counter - tsc)
 * * mult / 2^32. A measurement replaces the line from a point on where old and new line meet; the
 * old one is kept for readings before that point. So every CPU sees one function of the counter,
 * which only rises.
 *
 * Measurements are pairs of readings, of the counter and of the reference (x86/clock_reference.h),
 * ever further from the first pair: the error of a reading, divided by a longer time, is
 * smaller. */
#include "x86/clock.h"

#include "lib/atomic.h"
#include "x86/apic.h"
#include "x86/clock_reference.h"
#include "x86/insn.h"
#include "x86/percpu.h"
#include "x86/rtc.h"

#define NS_PER_SEC	1000000000ul
#define READINGS	5			/* of which the quickest counts */
#define FIRST_WAIT_NS	(2 * 1000000ul)		/* with a reference that soon wraps */
#define REFINE_END_NS	(2 * NS_PER_SEC)	/* the measurement is good enough */
#define NEVER		UINT64_MAX

struct line {
	u64 tsc, ns, mult;
};

struct pair {
	u64 tsc, reference;
};

/* The line in force is lines[generation / 2 % 2], the one before it the other; that is being
 * replaced while the generation is odd. Written by CPU 0, interrupts off. */
static struct line lines[2];
static u32 generation;

static struct pair first_pair;
static u64 ns_mult;		/* ns per tick of the counter, times 2^32 */
static u64 tsc_mult;		/* ticks of the counter per ns, times 2^32 */
static u64 timer_mult;		/* ticks of the timer per tick of the counter, times 2^32 */
static u64 next_refinement = NEVER;
static u64 boot_seconds;

/* What the timer was last set to, on CPU 0, to measure it against the counter. */
static u64 timer_set_tsc;
static u32 timer_set_count;
static u64 timer_longest;	/* the longest such measurement, in ticks of the counter */

static u64 multiply(u64 value, u64 mult)
{
	return (unsigned __int128)value * mult >> 32;
}

/* a / b times 2^32, as far as 64 bits allow. */
static u64 ratio(u64 a, u64 b)
{
	while (a >> 32) {
		a >>= 1;
		b >>= 1;
	}
	return (a << 32) / MAX(b, 1ul);
}

/* Ticks of the reference to ns and back. */
static u64 reference_ns(u64 ticks)
{
	u64 hz = clock_reference.frequency;
	return ticks / hz * NS_PER_SEC + ticks % hz * NS_PER_SEC / hz;
}

static u64 reference_ticks(u64 ns)
{
	u64 hz = clock_reference.frequency;
	return ns / NS_PER_SEC * hz + ns % NS_PER_SEC * hz / NS_PER_SEC;
}

/* Reads both at once, as nearly as can be: a reading of the reference takes long, now and then very
 * long. */
static struct pair pair_read(void)
{
	struct pair best = { 0, 0 };
	u64 best_width = NEVER;
	for (u32 i = 0; i < READINGS; i++) {
		u64 before = insn_rdtsc();
		u64 reference = clock_reference.read();
		u64 width = insn_rdtsc() - before;
		if (width >= best_width)
			continue;
		best_width = width;
		best = (struct pair){ before + width / 2, reference };
	}
	return best;
}

/* The time from the first pair to this one. The reference may have wrapped since: how often is
 * known from the rate so far, whose error is far less than half a round. */
static u64 pair_elapsed_ns(const struct pair *now)
{
	u64 round = clock_reference.mask + 1;
	u64 ticks = (now->reference - first_pair.reference) & clock_reference.mask;
	u64 expected = reference_ticks(multiply(now->tsc - first_pair.tsc, ns_mult));
	if (expected > ticks)
		ticks += (expected - ticks + round / 2) / round * round;
	return reference_ns(ticks);
}

static u64 line_ns(const struct line *line, u64 tsc)
{
	return line->ns + (tsc > line->tsc ? multiply(tsc - line->tsc, line->mult) : 0);
}

u64 clock_hw_ns(void)
{
	u32 seen;
	u64 ns;
	do {
		seen = atomic_load(&generation);
		const struct line *line = &lines[seen / 2 % 2];
		u64 tsc = insn_rdtsc_ordered();
		if (unlikely(tsc < line->tsc))
			line = &lines[(seen / 2 + 1) % 2];
		ns = line_ns(line, tsc);
		atomic_fence_acquire();
	} while (unlikely(seen & 1) || unlikely(atomic_load(&generation) != seen));
	return ns;
}

/* Readers wait while the generation is odd. So nobody has been told the old line's time of a counter
 * beyond what it is then, however long this CPU may have stood still before. */
static void line_replace(void)
{
	u32 seen = generation;
	const struct line *old = &lines[seen / 2 % 2];
	atomic_store(&generation, seen + 1);
	atomic_fence();
	u64 tsc = insn_rdtsc_ordered();
	lines[(seen / 2 + 1) % 2] = (struct line){ tsc, line_ns(old, tsc), ns_mult };
	atomic_store(&generation, seen + 2);
}

/* Measures anew and says how much time that covered. */
static u64 measure(void)
{
	struct pair now = pair_read();
	u64 tsc = now.tsc - first_pair.tsc;
	u64 ns = pair_elapsed_ns(&now);
	ns_mult = ratio(ns, tsc);
	tsc_mult = ratio(tsc, ns);
	next_refinement = ns < REFINE_END_NS ? 2 * ns : NEVER;
	return ns;
}

bool clock_hw_start(void)
{
	boot_seconds = rtc_read();
	if (!clock_reference_init())
		return false;
	first_pair = pair_read();
	apic_timer_start(UINT32_MAX);
	timer_set_tsc = insn_rdtsc();
	timer_set_count = UINT32_MAX;
	if (clock_reference.frequency > clock_reference.mask)
		while (measure() < FIRST_WAIT_NS)
			;
	return true;
}

/* The timer against the counter, since it was last set. */
static void timer_measure(void)
{
	u64 tsc = insn_rdtsc() - timer_set_tsc;
	u32 left = apic_timer_left();
	if (left == 0 || tsc <= timer_longest)
		return;
	timer_longest = tsc;
	timer_mult = ratio(timer_set_count - left, tsc);
}

void clock_hw_init(void)
{
	measure();
	timer_measure();
	lines[0] = (struct line){ first_pair.tsc, 0, ns_mult };
	clock_hw_set_timer(NEVER);
}

u64 clock_hw_tsc_khz(void)
{
	return multiply(1000000, tsc_mult);
}

u64 clock_hw_boot_time(void)
{
	return boot_seconds;
}

static void timer_start(u64 tsc_ticks)
{
	u64 count = MIN(multiply(tsc_ticks, timer_mult) + 1, (u64)UINT32_MAX);
	if (percpu_self()->id == 0) {
		timer_set_count = count;
		timer_set_tsc = insn_rdtsc();
	}
	apic_timer_start(count);
}

void clock_hw_set_timer(u64 deadline_ns)
{
	u64 now = clock_hw_ns();
	if (percpu_self()->id == 0 && next_refinement != NEVER) {
		timer_measure();
		if (now >= next_refinement) {
			measure();
			line_replace();
		}
		deadline_ns = MIN(deadline_ns, next_refinement);
	}
	if (deadline_ns == NEVER)
		apic_timer_start(0);
	else
		timer_start(deadline_ns > now ? multiply(deadline_ns - now, tsc_mult) : 0);
}
