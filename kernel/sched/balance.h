/* Which CPU a thread runs on. One that wakes goes to the CPU that it ran on last if that is idle,
 * else to an idle one, else it stays. A CPU that has nothing to do takes a thread that waits
 * elsewhere, and every BALANCE_NS each that is busy takes one from where there is more to do, by the
 * weights. A thread runs only where it may (thread->allowed). Inside sched. */
#ifndef SCHED_BALANCE_H
#define SCHED_BALANCE_H

#include "sched/runqueue.h"

static inline bool balance_allows(const struct thread *thread, u32 cpu)
{
	return atomic_load_relaxed(&thread->allowed) >> cpu & 1;
}

/* Where the thread, which is about to be ready, shall run. */
u32 balance_place(const struct thread *thread);
/* Keeps its place among the threads of a queue when it goes from one to another: the same ahead or
 * behind. The first one is locked, and nothing is lost if the other is not. */
void balance_carry(struct thread *thread, const struct run_queue *from, const struct run_queue *to);
/* For the timer interrupt: takes work from others now and then, and has an idle CPU take what waits
 * here. */
void balance_tick(struct run_queue *queue, u64 now);
/* This CPU has no thread, interrupts are off: takes one from another, or else halts until an
 * interrupt. Whether there is one. */
bool balance_idle(struct run_queue *queue);
/* A thread may run elsewhere now: takes it away from where it may not, before it next runs there in
 * user mode. */
void balance_enforce(struct thread *thread);

#endif
