/* What the rest of sched wants of sched/schedule.c; others see sched/thread.h. */
#ifndef SCHED_SCHEDULE_H
#define SCHED_SCHEDULE_H

#include "sched/runqueue.h"

/* The first act of a new thread, with interrupts off: completes the switch that led to it. */
void switch_finish(void);
/* Prepares the idle thread of a CPU that is about to start. False if there is no memory. */
MUST_CHECK bool thread_init_idle(struct thread *thread, u32 cpu);
/* A ready thread has come into the queue, which is locked: sees to it that it gets its turn. True:
 * the queue's CPU has to be told, after the lock is let go, since others would wait for it while the
 * interrupt is sent. */
MUST_CHECK bool sched_joined(struct run_queue *queue, struct thread *thread, u64 now);
void sched_tell(const struct run_queue *queue);

#endif
