/* Threads: a kernel stack, the CPU's state, and a place in the scheduler. Nothing here knows what a
 * process is: proc embeds a struct thread in its struct task, and gives it a page root and a
 * function to start in.
 *
 * The kernel is not preempted: a thread runs in the kernel until it blocks, and user code until its
 * slice is over; long loops call sched_relax. A thread's fields belong to the thread itself unless
 * said otherwise. */
#ifndef SCHED_THREAD_H
#define SCHED_THREAD_H

#include "core/spinlock.h"
#include "lib/rbtree.h"
#include "lib/types.h"
#include "x86/paging.h"
#include "x86/percpu.h"
#include "x86/trap.h"

enum thread_state {
	THREAD_NEW,
	THREAD_RUNNABLE,
	THREAD_RUNNING,
	THREAD_BLOCKED,
	THREAD_MOVING,		/* off its CPU, and on the way to another */
	THREAD_DEAD,
};

enum thread_policy_kind {	/* sched/policy.h */
	THREAD_OTHER,
	THREAD_FIFO,
	THREAD_RR,
	THREAD_BATCH,
	THREAD_IDLE = 5,	/* these numbers are Linux's */
};

/* Bits of thread->work, set by anyone (atomically), dealt with on the way out to user mode. */
#define THREAD_WORK_RESCHED	(1u << 0)	/* the slice is over, or one more urgent waits */
#define THREAD_WORK_SIGNAL	(1u << 1)	/* proc should look for signals */
#define THREAD_WORK_SAMPLED	(1u << 2)	/* a sample has met it, and it is watched */

#define THREAD_WORK_TRACE	TRAP_WORK_STAYS	/* proc traces the calls */

#define THREAD_URGENCY_MAX	99
#define THREAD_PACE_SHIFT	20

struct fs_context;
struct page;

struct thread {
	u64 saved_rsp;			/* where its kernel stack stands while it does not run */
	u32 work;			/* THREAD_WORK_; atomic */
	u32 interrupted;		/* bits of enum wait_kind: such waits end; atomic */

	/* Under the lock of the run queue of `cpu`, which is the lock to change `cpu` as well. */
	enum thread_state state;
	u8 wait_kind;			/* while blocked: what may interrupt it */
	u8 policy;			/* enum thread_policy_kind */
	u8 urgency;			/* 0: not a real-time thread */
	s8 nice;
	bool policy_reset;		/* for new threads (sched/policy.h) */
	u32 cpu;			/* where it runs, or last ran */
	u32 weight;			/* 0: an idle thread */
	u64 pace;			/* virtual time per time, shifted by THREAD_PACE_SHIFT */
	u64 order;			/* its place in the run queue (sched/runqueue.h) */
	u64 allowed;			/* CPUs where it may run; set without the lock, atomic */
	struct rb_node run_node;	/* while runnable: in the run queue */

	void *stack;			/* its lowest address, above the guard pages */
	struct page *stack_block;	/* the frames behind it (sched/stack.h) */
	void *fpu;			/* valid while it does not run; NULL for kernel threads */
	u32 fpu_cpu;			/* whose registers it was last loaded into */
	paddr_t page_root;		/* 0: any will do (a kernel thread) */
	u64 fs_base, gs_base;		/* of user mode */
	u64 segments;			/* its DS, ES, FS, GS (x86/descriptors.h) */
	u64 runtime;			/* ns, up to switched_in */
	u64 switched_in;		/* clock_ns when it last began to run */
	u64 sampled_at;			/* when that, or the last sample after it, was */
	u64 sampled[2];			/* ns that samples found it in the kernel, in user mode */
	u64 system_told, user_told;	/* by thread_times */
	bool watched;			/* its use is limited: samples set THREAD_WORK_SAMPLED */
	u64 switches[2];		/* times it was taken off its CPU, and left it itself */
	struct fs_context *fs;		/* what path walks start from; owned by proc */
	void (*entry)(void *argument);	/* what a new thread runs */
	void *argument;
	const char *name;
#ifdef DEBUG
	u8 mutexes[8];			/* how many it holds of each rank (sched/mutex.c) */
#endif
};

#define KERNEL_STACK_SIZE	(4 * PAGE_SIZE)

/* Makes the boot thread CPU 0's idle thread. */
void sched_init(void);
/* What the boot thread becomes when everything is set up: runs whoever is ready, else halts the
 * CPU. */
NORETURN void sched_idle(void);
/* For sched_init: how much the CPU saves of a thread. */
void thread_caches_init(void);

/* Gives the thread, all zero so far, a stack; once started it runs entry(argument), which does not
 * return. -ENOMEM. user: it gets a fresh FPU state as well. */
MUST_CHECK int thread_init(
	struct thread *thread, const char *name, bool user, void (*entry)(void *), void *argument);
/* Makes a new thread runnable. */
void thread_start(struct thread *thread);
/* Ends the current thread. When its stack is no longer in use, the next thread on this CPU calls
 * reaped(thread) with interrupts off, no locks held: it may not sleep, has to call thread_fini, and
 * may free the memory that holds the thread. */
NORETURN void thread_exit(void (*reaped)(struct thread *thread));
/* Frees stack and FPU state of a thread that was never started or is being reaped. */
void thread_fini(struct thread *thread);

static inline struct thread *thread_current(void)
{
	return percpu_current();
}

/* Where the CPU starts to push when the thread enters the kernel from user mode. */
static inline u64 thread_stack_top(const struct thread *thread)
{
	return (u64)thread->stack + KERNEL_STACK_SIZE - 16;
}

/* The frame at the top of the stack with which the thread entered the kernel from user mode. */
static inline struct trap_frame *thread_frame(const struct thread *thread)
{
	return (struct trap_frame *)thread_stack_top(thread) - 1;
}

/* Sets bits of work, which the thread sees when it next leaves the kernel; if it runs elsewhere, its
 * CPU is interrupted, so that this is soon. */
void thread_set_work(struct thread *thread, u32 bits);
/* From now on the thread's waits of this kind (enum wait_kind) end with -ERESTARTSYS; wakes it if it
 * is in one. A killed thread's other interruptible waits end too. */
void thread_interrupt(struct thread *thread, u32 kind);
/* The current thread deals with what it was interrupted for: its waits are as before. */
void thread_interrupts_done(void);
/* CPU time so far, in ns. */
u64 thread_runtime(struct thread *thread);
/* The same, parted into time in the kernel and, the rest, in user mode. The kernel does not look at
 * the clock whenever it is entered: a sample every SAMPLE_NS says where the thread is, and the
 * shares are theirs. Neither part ever shrinks. Calls for one thread come one after the other. */
void thread_times(struct thread *thread, u64 *user, u64 *system);
/* The time that the CPUs had nothing to do, in ns. */
u64 sched_idle_time(void);
/* exec: the current thread's FPU and segment registers are those of a new program. fork: copies them
 * to a thread that does not run. */
void thread_registers_reset(void);
void thread_registers_copy(struct thread *to);
/* The current thread's page root, fs_base or gs_base has been changed: makes it effective now.
 * FS and GS hold no selectors then. */
void thread_reload(void);

/* Lets others run, which go first; returns when this thread is chosen again. */
void sched_yield(void);
/* The same, but that it may be this thread's turn still: for THREAD_WORK_RESCHED. */
void sched_preempt(void);
/* A place in a long loop where others may run: no spin locks held. True if the current thread has
 * been killed and should give up. */
bool sched_relax(void);
/* For waits (sched/wait.c): sleeps until sched_wake, unless *woken is set or an interrupt of that
 * kind has come; and wakes a thread that sleeps so, which is no error if it does not. */
void sched_sleep(const bool *woken, u32 kind);
void sched_wake(struct thread *thread);
/* For the timer interrupt, which has come in user mode or not: takes a sample, ends the slice if it
 * is over, and says when it should look again (clock_ns, UINT64_MAX: never). */
u64 sched_tick(u64 now, bool user);
/* Threads alive, for the ledger. */
u64 sched_threads(void);

#endif
