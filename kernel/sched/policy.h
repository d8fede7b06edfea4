/* How much of the CPUs a thread gets, and which of them (sched(7)). A thread of the policies OTHER
 * and BATCH has a nice value from -20 to 19: each step is a factor of 1.25 in its weight, and
 * threads that always want to run share a CPU by their weights. One of IDLE weighs next to nothing.
 * FIFO and RR have an urgency from 1 to 99 and run before all others, the higher first; threads of
 * RR take turns with their equals. After 950 ms of them on a CPU, another that waits there runs for
 * 50 ms, so that the machine can still be told to end them.
 *
 * Any context but interrupt handlers; a thread other than the current one must not end meanwhile. */
#ifndef SCHED_POLICY_H
#define SCHED_POLICY_H

#include "sched/thread.h"

#define THREAD_NICE_MIN	(-20)
#define THREAD_NICE_MAX	19

struct thread_policy {
	enum thread_policy_kind kind;
	u8 urgency;		/* 1 to THREAD_URGENCY_MAX for FIFO and RR, else 0 */
	s8 nice;
	bool reset;		/* new threads do not inherit what takes privileges */
};

/* A new thread gets the current one's. */
void thread_policy_inherit(struct thread *thread);
void thread_policy_get(struct thread *thread, struct thread_policy *policy);
void thread_policy_set(struct thread *thread, const struct thread_policy *policy);
/* A bit for each CPU where it may run, at least one of those that run. It goes there when it next
 * comes to user mode. */
void thread_set_allowed(struct thread *thread, u64 allowed);
/* The CPUs that run, in the same form. */
u64 sched_online(void);

#endif
