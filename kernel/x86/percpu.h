/* What each CPU has of its own, reached through GS in the kernel. Inline only; any layer may
 * include it. entry.asm knows the offsets of the first fields (asserted below); a field is written
 * only by its own CPU. */
#ifndef X86_PERCPU_H
#define X86_PERCPU_H

#include "lib/types.h"

#define CPU_MAX	64

/* Slots for the counts of system calls: a Linux number is its own slot, SynOS's own number
 * 0x5300 + n is PERCPU_CALLS_LINUX + n. */
#define PERCPU_CALLS_LINUX	512
#define PERCPU_CALLS_OWN	16
#define PERCPU_CALLS		(PERCPU_CALLS_LINUX + PERCPU_CALLS_OWN)

#define PERCPU_IST_STACKS	3

/* Counts of interrupts: a slot for each ISA interrupt, and one for all others. */
#define PERCPU_INTERRUPTS	17

struct thread;

struct percpu {
	struct percpu *self;
	u64 user_rsp;			/* entry.asm: the caller's stack, for an instant */
	u64 kernel_rsp;			/* top of the current thread's kernel stack */
	struct thread *current;		/* the running thread */
	u32 *current_work;		/* its pending work, tested on the way out to user mode */
	u64 calls_unknown;		/* system calls whose number has no slot */
	u32 id;				/* 0 .. cpu_count-1 */
	u32 apic_id;
	u32 preempt_count;		/* spin locks held + interrupt depth; switching needs 0 */
	void *tss;
	struct thread *idle;
	struct thread *fpu_owner;	/* whose state the FPU registers hold, if that is known */
	u64 ist_stacks[PERCPU_IST_STACKS];	/* tops; x86/descriptors.h */
	u64 data_delta;			/* from CPU 0's PERCPU_DATA to this CPU's */
	u32 irq_depth;			/* interrupt handlers under way */
	u64 irq_times;			/* a hash of when interrupts came, for core/random */
	u64 calls[PERCPU_CALLS];	/* system calls begun on this CPU */
	u64 call_errors[PERCPU_CALLS];	/* those of them that ended here with an error */
	u64 switches;			/* from one kernel stack to another */
	u64 interrupts[PERCPU_INTERRUPTS];
	bool root_unused;		/* the thread that runs uses no page root: what is loaded is
					 * of one that ran before it */
};

_Static_assert(offsetof(struct percpu, user_rsp) == 8, "entry.asm relies on it");
_Static_assert(offsetof(struct percpu, kernel_rsp) == 16, "entry.asm relies on it");
_Static_assert(offsetof(struct percpu, current) == 24, "percpu_current relies on it");
_Static_assert(offsetof(struct percpu, current_work) == 32, "entry.asm relies on it");
_Static_assert(offsetof(struct percpu, calls) == 136, "entry.asm relies on it");
_Static_assert(offsetof(struct percpu, call_errors) == 136 + 528 * 8, "entry.asm relies on it");
_Static_assert(offsetof(struct percpu, switches) == 136 + 2 * 528 * 8, "switch.asm relies on it");

extern struct percpu percpu_boot;	/* CPU 0's, which is there from the first instruction on */
extern struct percpu *percpu_blocks[CPU_MAX];
extern u32 percpu_count;	/* CPUs that run; their ids are below it */

/* Objects of other modules that each CPU has one of, zero at first. CPU 0's lie together in a section,
 * of which every other CPU has a copy, so that no two CPUs share a cache line:
 *
 *	static struct counts counts PERCPU_DATA;
 *	PERCPU_OF(cpu, &counts)->calls++; */
#define PERCPU_DATA	__attribute__((section(".bss.percpu")))
#define PERCPU_OF(cpu, object) \
	((__typeof__(object))((u64)(object) + (cpu)->data_delta))

extern char percpu_data_start[], percpu_data_end[];

/* How many bytes that are, and where they lie, zeroed, for a CPU that is not counted yet. */
static inline size_t percpu_data_size(void)
{
	return percpu_data_end - percpu_data_start;
}

static inline void percpu_data_place(struct percpu *cpu, void *data)
{
	cpu->data_delta = (u64)data - (u64)percpu_data_start;
}

/* The block of this CPU. Not stable where the caller may be moved: where it sleeps or lets others run. */
static inline struct percpu *percpu_self(void)
{
	struct percpu *self;
	__asm__ volatile("mov %%gs:0, %0" : "=r"(self));
	return self;
}

/* Whether a CPU does nothing. One that has just been given work is about to take an interrupt. */
static inline bool percpu_is_idle(const struct percpu *cpu)
{
	return READ_ONCE(cpu->current) == cpu->idle && READ_ONCE(cpu->preempt_count) == 0;
}

/* The running thread: stable wherever it is asked, since a thread sees only itself. */
static inline struct thread *percpu_current(void)
{
	struct thread *current;
	__asm__("mov %%gs:24, %0" : "=r"(current));
	return current;
}

#endif
