/* The timer of a process that counts real time (setitimer(2), alarm(2)), in ns. It sends SIGALRM,
 * and is set again only when that is taken, so that one with a tiny interval costs no more than the
 * process can take. Any thread of the process may set it. */
#ifndef PROC_ALARM_H
#define PROC_ALARM_H

#include "proc/process.h"

struct alarm_time {
	u64 value;		/* what is left; 0: not set */
	u64 interval;		/* 0: once */
};

void alarm_init(struct process *process);
void alarm_get(struct alarm_time *time);
void alarm_set(const struct alarm_time *new, struct alarm_time *old);
/* SIGALRM has been taken. signal_lock held. */
void alarm_taken_locked(struct process *process);
/* The process ends. */
void alarm_exit(struct process *process);

#endif
