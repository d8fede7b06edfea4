/* What the run queues offer to the other files of sched; the rest of their face is in
 * sched/thread.h. */
#ifndef SCHED_RUNQUEUE_H
#define SCHED_RUNQUEUE_H

#include "sched/thread.h"

/* Prepares the idle thread of a CPU that is about to start. False if there is no memory. */
MUST_CHECK bool thread_init_idle(struct thread *thread, u32 cpu);

/* Before the first thread is made: how much the CPU saves of one. */
void thread_caches_init(void);

/* The first act of a new thread, with interrupts off: completes the switch that led to it. */
void switch_finish(void);

#endif
