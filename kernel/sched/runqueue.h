/* What the run queues offer to the other files of sched; the rest of their face is in
 * sched/thread.h. */
#ifndef SCHED_RUNQUEUE_H
#define SCHED_RUNQUEUE_H

#include "sched/thread.h"

/* The first act of a new thread, with interrupts off: completes the switch that led to it. */
void switch_finish(void);

#endif
