/* The start of the other CPUs (Intel SDM vol. 3, 8.4): an INIT, then a startup interrupt that names
 * the page below 1 MiB at which they begin. One at a time comes in, by CPU 0's order; sched/cpus.c
 * has what each is given. Boot; no locking. */
#ifndef X86_SMP_H
#define X86_SMP_H

#include "lib/types.h"
#include "x86/percpu.h"

/* Has the code that they begin with copied to the page, which must stay theirs until all have been
 * started. */
void smp_prepare(paddr_t page);

enum smp_result {
	SMP_RUNS,
	SMP_ABSENT,		/* it does not come */
	SMP_OTHER_TIME,		/* its time stamp counter is not this CPU's: halted */
};

/* Starts the CPU of that local APIC: its block (id, idle thread and the stacks for NMI, double fault
 * and machine check are set), the top of its first stack, 16-byte aligned, and what it shall run
 * when it is set up as this one is, with interrupts off. If it runs, it is counted, and can be sent
 * interrupts; else the caller may use block and stack for another. */
MUST_CHECK enum smp_result smp_start(
	u32 apic_id, struct percpu *block, u64 stack_top, void (*run)(void));

#endif
