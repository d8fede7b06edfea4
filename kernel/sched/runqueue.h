/* Run queues: the threads of a CPU that are ready, in the order in which they will run. Inside sched
 * only; the rest of the kernel sees sched/thread.h and sched/policy.h.
 *
 * A thread's place is a number, thread->order, and the smallest runs first:
 *	- a real-time thread's (SCHED_FIFO, SCHED_RR) is its priority, and within one priority a
 *	  count, so that it stands behind those that came before;
 *	- every other thread's is its virtual time: the time for which it has run, the faster the
 *	  smaller its weight. So the shares of threads that always want to run are as their weights.
 * The virtual time of a queue follows the smallest of its threads'. A thread that has slept begins
 * at most SLEEP_BONUS_NS behind it, so that it comes soon, but cannot make up for hours.
 *
 * The lock of a queue covers the states of the threads whose `cpu` it is, and is the lock to change
 * that. Of two queues' locks the one with the lower address is taken first. */
#ifndef SCHED_RUNQUEUE_H
#define SCHED_RUNQUEUE_H

#include "lib/atomic.h"
#include "lib/rbtree.h"
#include "sched/thread.h"
#include "sched/time.h"
#include "x86/percpu.h"

#define ORDER_FAIR	(1ul << 60)		/* from here on it is a virtual time */
#define ORDER_IDLE	UINT64_MAX		/* of idle threads, which are in no queue */

#define SLEEP_BONUS_NS	(5 * NS_PER_MS)
#define WAKE_NS		(2 * NS_PER_MS)		/* how far ahead one that wakes gets the CPU */
#define URGENT_NS	(950 * NS_PER_MS)	/* how long real-time threads keep others out, */
#define RELIEF_NS	(50 * NS_PER_MS)	/* and for how long then one of these runs */

struct run_queue {
	struct spinlock lock;
	/* Under the lock; count, load, running and virtual_time are read without, as hints. */
	struct thread *first;		/* who runs next, */
	struct rb_tree ready;		/* and the others, by order, equal ones as they came */
	u32 count, urgent_count;	/* urgent: real-time ones */
	u64 load;			/* sum of their weights */
	struct thread *running;
	u64 virtual_time;
	u64 came;			/* real-time threads so far */
	u64 slice_end;			/* of who runs; NEVER while no other wants the place */
	u64 fair_ran;			/* when one that is not real-time last ran, or none waited */
	struct thread *dead;		/* the thread that has just left for good, */
	void (*reaped)(struct thread *thread);
	struct thread *moving;		/* or has just left for another CPU */
	/* Its own CPU's, with interrupts off. */
	u64 balance_at;			/* when it looks for work at others again */
	u32 asked;			/* the idle CPU that it has last told of its threads */
} ALIGNED(64);

extern struct run_queue run_queues[CPU_MAX];

static inline struct run_queue *queue_self(void)
{
	return &run_queues[percpu_self()->id];
}

static inline bool thread_is_urgent(const struct thread *thread)
{
	return thread->order < ORDER_FAIR;
}

/* Virtual time for time; 0 for real-time threads. */
static inline u64 thread_virtual(const struct thread *thread, u64 ns)
{
	return (unsigned __int128)ns * thread->pace >> THREAD_PACE_SHIFT;
}

/* Counts what the thread, which runs, has used since it was last counted. Its queue is locked. */
static inline void queue_charge(struct thread *thread, u64 now)
{
	u64 ran = now - thread->switched_in;

	thread->runtime += ran;
	thread->order += thread_virtual(thread, ran);
	thread->switched_in = now;
}

void queue_init(struct run_queue *queue);
/* All with interrupts off. Locks the queue of the thread's CPU, also if it moves meanwhile. */
struct run_queue *queue_lock(struct thread *thread);
void queue_lock_two(struct run_queue *a, struct run_queue *b);
void queue_unlock_two(struct run_queue *a, struct run_queue *b);

/* The rest wants the lock held. */

/* Brings the queue's virtual time up to date. */
void queue_advance(struct run_queue *queue, u64 now);
/* Whether the thread, which is ready, should have the place of the one that runs at once. */
bool queue_outranks(const struct run_queue *queue, const struct thread *thread, u64 now);
void queue_push(struct run_queue *queue, struct thread *thread);
void queue_remove(struct run_queue *queue, struct thread *thread);
/* Who runs after that one, which is in the queue; NULL. */
struct thread *queue_after(const struct run_queue *queue, const struct thread *thread);
/* Takes out who runs next: the idle thread if nobody is ready. */
struct thread *queue_pop(struct run_queue *queue, u64 now);
/* When the turn of a thread that begins to run now ends, because others are ready; NEVER. */
u64 queue_slice_end(const struct run_queue *queue, const struct thread *thread, u64 now);

/* The place of a thread that comes, of one that had slept (bonus) or a new one; of one that lets
 * others go first, as often as it does. */
void queue_place(struct run_queue *queue, struct thread *thread, u64 bonus);
void queue_place_behind(struct run_queue *queue, struct thread *thread);
/* A real-time thread goes behind the others of its priority. */
void queue_place_urgent(struct run_queue *queue, struct thread *thread);

#endif
