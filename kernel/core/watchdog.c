/* What counts is how often a CPU was looked at, never how long that took by a clock: a machine
 * under QEMU may stand still for any time, and so may one of its CPUs while the others run. Above
 * all a CPU that is suspected has to answer many NMIs, each with its interrupts still off: so it
 * runs, and does not get on.
 *
 * The timer sleeps while all CPUs are idle. trap_attention then has ASLEEP, which every interrupt
 * looks at, and an idle CPU becomes busy by an interrupt alone. */
#include "core/watchdog.h"

#include "core/panic.h"
#include "core/printk.h"
#include "core/report.h"
#include "core/spinlock.h"
#include "core/stat.h"
#include "core/symbols.h"
#include "lib/atomic.h"
#include "lib/format.h"
#include "lib/string.h"
#include "x86/apic.h"
#include "x86/boot_info.h"
#include "x86/insn.h"
#include "x86/nmi_timer.h"
#include "x86/percpu.h"
#include "x86/trap.h"

#define LOOKS(seconds)	((seconds) * 1000 / NMI_TIMER_MS)
#define SILENT_S	4	/* without an interrupt: it is suspected, and asked from now on */
#define OFF_S		6	/* all its answers in that time had interrupts off: it is stuck; */
#define WAITS_S		2	/* later if it spins for a lock: its holder is named first */
#define SLOW_S		20	/* a thread that does not make way is told, each time */

#define ASLEEP		(1u << 0)	/* bits of trap_attention */
#define SLOW		(1u << 1)

#define OPCODE_HLT	0xf4

struct watched {
	/* CPU 0's, in the timer's NMI. */
	u64 taken;		/* percpu.irq_times, which every interrupt changes */
	u32 silent;		/* looks since then */
	const u32 *work;	/* of the thread that did not make way, */
	u32 slow;		/* for so many looks */
	/* Each CPU's own, in its NMIs. */
	u64 answered_taken;
	u32 off;		/* answers in a row with interrupts off, and none taken between */
	/* Atomic. */
	bool asked;		/* an NMI is on its way */
	bool is_slow;		/* is to tell so, in an interrupt that comes for it */
};

STAT_COUNTER(watchdog_looks, "times the watchdog looked at all CPUs");

STAT_COUNTER(watchdog_slow, "times a thread did not make way, and the watchdog told");

static struct watched watched[CPU_MAX];
static u32 make_way;

static bool all_idle(void)
{
	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		if (!percpu_is_idle(percpu_blocks[cpu]))
			return false;
	return true;
}

/* One CPU does it. */
static void timer_wake(void)
{
	if (atomic_fetch_and(&trap_attention, ~ASLEEP) & ASLEEP)
		nmi_timer_start();
}

/* A CPU that became busy before it could see ASLEEP is seen here, or sees it at its next
 * interrupt. */
static void timer_sleep(void)
{
	atomic_fetch_or(&trap_attention, ASLEEP);
	if (!all_idle())
		timer_wake();
}

/* This CPU is suspected. */
static void answer(const struct trap_frame *frame)
{
	struct percpu *self = percpu_self();
	struct watched *own = &watched[self->id];
	char reason[64];

	if (frame->rflags & RFLAGS_IF || self->irq_times != own->answered_taken)
		own->off = 0;
	own->answered_taken = self->irq_times;
	own->off++;
	if (own->off <= LOOKS(OFF_S + (symbol_is_in(frame->rip, spin_lock) ? WAITS_S : 0)))
		return;
	format(reason, sizeof(reason), "CPU %u is stuck: interrupts off for %u seconds,", self->id,
		own->off * NMI_TIMER_MS / 1000 + SILENT_S);
	panic_trap(frame, reason);
}

/* One NMI for each request: it has to be told from those of a faulty machine. */
static void ask(u32 cpu)
{
	if (!atomic_exchange(&watched[cpu].asked, true))
		apic_send_within_nmi(cpu, TRAP_NMI);
}

static void look_for_silence(u32 cpu, const struct trap_frame *frame)
{
	const struct percpu *other = percpu_blocks[cpu];
	struct watched *state = &watched[cpu];
	u64 taken = READ_ONCE(other->irq_times);

	if (taken != state->taken || percpu_is_idle(other))
		state->silent = 0;
	state->taken = taken;
	if (++state->silent <= LOOKS(SILENT_S))
		return;
	if (cpu == percpu_self()->id)
		answer(frame);
	else
		ask(cpu);
}

/* A thread that holds or wants a spin lock, too, does not let others run. */
static void look_for_slowness(u32 cpu)
{
	const struct percpu *other = percpu_blocks[cpu];
	struct watched *state = &watched[cpu];
	const u32 *work = READ_ONCE(other->current_work);
	bool is_kept = READ_ONCE(*work) & make_way || READ_ONCE(other->preempt_count) > 0;

	if (work != state->work || !is_kept)
		state->slow = 0;
	state->work = work;
	if (++state->slow <= LOOKS(SLOW_S))
		return;
	state->slow = 0;
	atomic_store(&state->is_slow, true);
	atomic_fetch_or(&trap_attention, SLOW);
	apic_send_within_nmi(cpu, TRAP_ATTENTION);
}

static void look(const struct trap_frame *frame)
{
	stat_add(&watchdog_looks, 1);
	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		look_for_silence(cpu, frame);
		look_for_slowness(cpu);
	}
	if (frame->rflags & RFLAGS_IF && all_idle())
		timer_sleep();
	else
		nmi_timer_start();
}

/* Between sti and hlt, where no interrupt may come, an NMI does; and the interrupt that wakes the
 * CPU could come right after it, still before the hlt. So that is left out. */
static void step_over_halt(struct trap_frame *frame)
{
	if (!trap_from_user(frame) && frame->rflags & RFLAGS_IF &&
		*(const u8 *)frame->rip == OPCODE_HLT)
		frame->rip++;
}

bool watchdog_nmi(struct trap_frame *frame)
{
	/* CPU 0's. While the timer's request waits for this handler, another device that interrupts
	 * makes the 8259 raise its line again, which is one more NMI. */
	static bool echo_possible;
	u32 cpu = percpu_self()->id;

	if (cpu == 0 && make_way != 0 && nmi_timer_rang()) {
		echo_possible = true;
		look(frame);
	} else if (atomic_exchange(&watched[cpu].asked, false)) {
		answer(frame);
	} else if (cpu == 0 && echo_possible) {
		echo_possible = false;
	} else {
		return false;
	}
	step_over_halt(frame);
	return true;
}

static void tell_slow(const struct trap_frame *frame)
{
	u32 cpu = percpu_self()->id;

	if (percpu_self()->current_work != watched[cpu].work)
		return;
	printk("watchdog: CPU %u is kept in the kernel: thread %p has not made way for %u "
	       "seconds\n", cpu, (void *)percpu_current(), SLOW_S);
	report_interrupted(cpu, frame);
	stat_add(&watchdog_slow, 1);
}

bool watchdog_has_told(void)
{
	return stat_read(&watchdog_slow) > 0;
}

/* An interrupt has come while there was something to attend to. */
static void attend(const struct trap_frame *frame)
{
	timer_wake();
	if (!(atomic_fetch_and(&trap_attention, ~SLOW) & SLOW))
		return;
	if (atomic_exchange(&watched[percpu_self()->id].is_slow, false))
		tell_slow(frame);
	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		if (atomic_load(&watched[cpu].is_slow))
			atomic_fetch_or(&trap_attention, SLOW);
}

void watchdog_start(u32 bit)
{
	char option[8];

	if (boot_option("watchdog", option, sizeof(option)) && strcmp(option, "off") == 0)
		return;
	make_way = bit;
	trap_register_attention(attend);
	nmi_timer_init();
	nmi_timer_start();
}
