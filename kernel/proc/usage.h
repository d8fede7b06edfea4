/* What processes have used (getrusage(2)). The sums of a process are those of its threads: of the
 * ones that have ended in process->usage, and each thread's own. The functions take the locks that
 * they need, unless they say otherwise. */
#ifndef PROC_USAGE_H
#define PROC_USAGE_H

#include "lib/types.h"

struct process;
struct space;
struct task;
struct thread;

struct usage {
	u64 user, system;	/* ns */
	u64 resident_peak;	/* pages; of several processes the largest */
	u64 faults;
	u64 yields, preemptions;	/* times a thread gave its CPU away, or lost it */
};

void usage_add(struct usage *sum, const struct usage *part);
/* What the current thread, its process, or the children that this has waited for, have used so
 * far. */
void usage_thread(struct usage *usage);
void usage_self(struct usage *usage);
void usage_children(struct usage *usage);
/* The CPU time of the current process, in ns. */
u64 usage_self_runtime(void);
/* Adds to the process's what a thread of it has used, which has ended. signal_lock held. */
void usage_end_thread_locked(struct process *process, struct thread *thread);
/* The threads of a process, those that run and those that have ended. signal_lock held. */
void usage_threads_locked(struct process *process, struct usage *usage);
/* One thread, which may have ended. signal_lock held. */
void usage_of_thread_locked(struct usage *usage, struct task *task);
void usage_set_space(struct usage *usage, const struct space *space);

#endif
