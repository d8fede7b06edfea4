/* What counts a process's CPU time: the two timers of setitimer(2) besides that of real time (in
 * proc/alarm.h), and RLIMIT_CPU. A process with one of them is watched: whenever a sample of the
 * scheduler (SAMPLE_NS) has met one of its threads, that looks on its way out to user mode whether
 * it is time for a signal. Nobody else pays for it; and a signal comes up to a sample late. */
#ifndef PROC_CPU_TIMER_H
#define PROC_CPU_TIMER_H

#include "lib/types.h"

struct alarm_time;
struct process;

enum cpu_timer_kind {
	CPU_TIMER_VIRTUAL,		/* time in user mode: SIGVTALRM */
	CPU_TIMER_PROF,			/* and in the kernel: SIGPROF */
	CPU_TIMERS,
};

struct cpu_timer {			/* the process's signal_lock */
	u64 deadline;			/* in ns of that time; 0: not set */
	u64 interval;			/* 0: once */
};

/* Of the current process. */
void cpu_timer_get(enum cpu_timer_kind kind, struct alarm_time *time);
void cpu_timer_set(
	enum cpu_timer_kind kind, const struct alarm_time *new, struct alarm_time *old);
/* The process has a limit of CPU time, perhaps. Takes its signal_lock. */
void cpu_timer_watch(struct process *process);
/* For THREAD_WORK_SAMPLED: sends what signals are due. */
void cpu_timer_check(void);

#endif
