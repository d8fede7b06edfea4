/* How many threads run or could: now, and on average (the load, getloadavg(3)). An average is
 * brought up to date every five seconds by the timer interrupt of whichever CPU is busy then; when
 * none is, by the next one, which knows that nothing ran meanwhile. Any context. */
#ifndef SCHED_LOAD_H
#define SCHED_LOAD_H

#include "lib/types.h"

#define LOAD_AVERAGES	3
#define LOAD_SHIFT	16

/* Threads that run, or wait for a CPU. */
u64 load_active(void);
/* For the timer interrupt. */
void load_tick(u64 now);
/* Over 1, 5 and 15 minutes, times 2^LOAD_SHIFT. */
void load_get(u64 averages[LOAD_AVERAGES]);

#endif
