/* What each CPU has spent its time on. How long it was busy is exact; how much of that was the
 * kernel's is a sample, as it is for each thread (thread_times): the time since the last timer
 * interrupt counts for where this one meets the CPU. Each CPU writes its own; any context. */
#ifndef SCHED_CPU_TIME_H
#define SCHED_CPU_TIME_H

#include "lib/types.h"

struct cpu_time {
	u64 user, nice, system, idle;	/* ns; none ever shrinks. nice: user, niceness > 0 */
};

/* For the timer interrupt, which has come in user mode or not. */
void cpu_time_tick(u64 now, bool user);
void cpu_time_get(u32 cpu, struct cpu_time *time);

#endif
