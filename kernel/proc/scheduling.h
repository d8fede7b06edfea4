/* How threads of processes are scheduled (sched/policy.h), for the calls of sched(7): who is meant,
 * and who may change it. User 0 may do everything; others their own threads, but not to more than
 * they have. Every call takes process_lock. The errors are those of the system calls. */
#ifndef PROC_SCHEDULING_H
#define PROC_SCHEDULING_H

#include "sched/policy.h"

/* A thread by its TID, 0: the current one. -ESRCH. */
MUST_CHECK int scheduling_get(int tid, struct thread_policy *policy);
/* kind: -EINVAL if it is none, or does not go with the urgency; THREAD_KEEP: as it is. -EPERM. */
#define THREAD_KEEP	(-1)
MUST_CHECK int scheduling_set(int tid, int kind, int urgency, bool reset);

/* Where it may run, of the CPUs that do. -EINVAL: nowhere. */
MUST_CHECK int scheduling_get_allowed(int tid, u64 *allowed);
MUST_CHECK int scheduling_set_allowed(int tid, u64 allowed);

/* getpriority(2), setpriority(2): which is ABI_PRIO_, who 0 is the caller's own. The lowest nice
 * value of them all. */
MUST_CHECK int scheduling_get_nice(int which, int who, int *nice);
MUST_CHECK int scheduling_set_nice(int which, int who, int nice);

#endif
