/* What a CPU holds of a thread while it runs: FPU registers, segments, their bases, the page root,
 * the kernel stack's top. The FPU registers and segments stay in the CPU while kernel threads run,
 * so a thread that comes back to the CPU it has left finds them. Inside sched, but for what
 * sched/thread.h says. Interrupts off, but for those. */
#ifndef SCHED_REGISTERS_H
#define SCHED_REGISTERS_H

#include "sched/thread.h"
#include "x86/percpu.h"

/* Saves what a thread that leaves this CPU has in it. */
void registers_leave(struct thread *thread);
/* Makes the thread this CPU's current one. */
void registers_enter(struct percpu *self, struct thread *thread);

#endif
