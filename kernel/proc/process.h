/* Processes: an address space, signal state, and a list of threads (each a struct task, which has a
 * descriptor table and an fs context that it may share). The tree of processes (parents, children,
 * PIDs, exit states) is under process_lock, rank LOCK_PROCESS; the signal state and the list of
 * threads of one process are under its signal_lock, rank LOCK_SIGNAL; the list changes only under
 * both. A pointer to a process is stable under process_lock, and for the process itself, its
 * parent's wait and its children; one to a task while it is in the list, and for the task itself.
 *
 * This header has the structs and the tree; threads are in proc/task.h, what processes do is in
 * proc/fork.h, exec.h, exit.h and signal.h. */
#ifndef PROC_PROCESS_H
#define PROC_PROCESS_H

#include "fs/file.h"
#include "fs/path.h"
#include "proc/cpu_timer.h"
#include "proc/signal_set.h"
#include "proc/usage.h"
#include "sched/thread.h"
#include "sched/time.h"
#include "sched/wait.h"
#include "vm/space.h"
#include <abi/resource.h>

#define PID_MAX	32768
#define PID_INIT 1

enum process_state {
	PROCESS_ALIVE,
	PROCESS_ZOMBIE,		/* everything given back but the exit status */
};

struct command_line;
struct trace;
struct group;
struct session;

struct process {
	/* process_lock */
	struct rb_node pid_node;	/* by pid */
	int pid;
	int group;			/* process group (proc/group.h); children begin in it */
	struct group *in_group;		/* the same, and its session (proc/group_table.h) */
	struct session *session;
	struct list_node group_node;	/* among its members */
	bool guards;			/* counts in it */
	bool left_terminal;		/* the session's terminal is not its own (TIOCNOTTY) */
	bool has_execed;		/* since it was forked */
	bool adopts;			/* takes orphans below it (PR_SET_CHILD_SUBREAPER) */
	bool childless;			/* it is ending, and its children are gone: no more */
	enum process_state state;
	struct process *parent;
	struct list_node children;
	struct list_node sibling;
	struct task *leader;		/* the thread whose number is the PID, also when it has
					 * ended before the others; NULL when all have */
	int forker;			/* the parent's thread that it belongs to (__WNOTHREAD) */
	u8 exit_signal;			/* what the parent gets at its end, or 0 */
	u32 uid, suid, gid, sgid;	/* as the leader's fs context has them */
	bool guarded;			/* it has changed who it is since exec, or was two then:
					 * what it knows may not be for who it is now */
	struct abi_rlimit limits[ABI_RLIMITS];	/* proc/limits.h */
	struct usage usage;		/* of its threads that have ended */
	struct usage children_usage;	/* of the children it has waited for, and theirs */
	u64 started;			/* clock_ns; with the PID it names the process for ever */
	struct wait_queue child_changed;	/* wait4 sleeps here */
	u32 unreaped;			/* threads that stand on their stacks */
	struct wait_queue thread_reaped;	/* exec waits here for the others to go */

	/* Changed only by the process itself, by exec and exit, under process_lock; it may read
	 * them without. */
	char name[16];			/* the leader's */
	struct space *space;		/* NULL when it has ended */
	struct inode *executable;	/* nobody may write to it meanwhile (executable_get) */
	struct command_line *command;

	/* signal_lock, which is taken with interrupts off */
	struct spinlock signal_lock;
	struct list_node threads;	/* of struct task, the leader first */
	u32 live;			/* those that have not ended */
	struct signal_set pending;	/* sent to the process */
	struct abi_sigaction actions[ABI_NSIG];
	bool exiting;			/* exit_group has begun: all threads end */
	struct task *executing;		/* in exec: all other threads end; or NULL */
	int exit_status;		/* as wait4's status word */
	bool stop_taken;		/* a stop signal has been taken, and no SIGCONT sent since */
	u8 stopping;			/* the signal by which all threads stop, until SIGCONT; 0 */
	u32 stopped_threads;
	bool stopped;			/* all have */
	u8 stop_signal;			/* by what, until wait4 has said it */
	bool continued;			/* went on, and wait4 has not said it */
	bool tell_continued;		/* the parent does not know yet */
	struct wait_queue resumed;	/* stopped threads sleep here */
	struct timer alarm;		/* setitimer(2); armed under signal_lock */
	bool alarm_is_set;		/* or it means nothing when it fires */
	u64 alarm_deadline, alarm_interval;
	struct cpu_timer cpu_timers[CPU_TIMERS];	/* proc/cpu_timer.h */
	bool watched;			/* and so are its threads: one of these is set, or a
					 * limit of CPU time */
};

struct task {
	struct thread thread;
	struct process *process;
	struct list_node node;		/* in process->threads */

	/* process_lock; changed only by itself, which may read it without. */
	struct rb_node tid_node;	/* by tid, unless it is the leader */
	int tid;
	char name[16];			/* last part of the program's path, or PR_SET_NAME's */
	struct file_table *files;	/* NULL when it has ended, as thread.fs */
	struct vfork_wait *vfork;	/* a parent waits for exec or exit (proc/fork.c), or NULL */

	/* process->signal_lock */
	bool ended;			/* takes no signals, and will not leave the kernel again */
	bool stopped;			/* sleeps until `stopping` is over */
	bool reaped;			/* is off its stack: a leader that the others outlive */
	struct signal_set pending;	/* sent to this thread */
	u64 blocked;			/* its mask; as what follows, changed only by itself */
	u64 awaited;			/* what it waits for in sigtimedwait(2) */

	/* Its own. */
	u8 orphan_signal;		/* what its process gets when the parent's thread ends that
					 * it belongs to (PR_SET_PDEATHSIG), or 0; others read it
					 * under process_lock */
	u64 set_tid;			/* where it writes its TID before it runs, or 0 */
	u64 clear_tid;			/* set_tid_address(2), or 0 */
	u64 robust_list;		/* set_robust_list(2), or 0 */
	struct trace *trace;		/* proc/trace.h, or NULL */
	bool trace_begins;		/* what it comes back from now made it or joined */
	u64 saved_mask;			/* what comes back after sigsuspend(2) and its kind */
	bool mask_is_saved;
	struct abi_stack stack;		/* sigaltstack(2) */
	long (*restart)(const u64 *arguments);	/* restart_syscall(2), or NULL */
	u64 restart_arguments[3];
	u64 fault_vector, fault_error, fault_address;	/* the last one */
};

extern struct spinlock process_lock;
extern struct process *process_init;	/* process 1; orphans are its children */

static inline struct task *task_current(void)
{
	return container_of(thread_current(), struct task, thread);
}

static inline struct process *process_current(void)
{
	return task_current()->process;
}

/* Registers what proc serves for the layers to the left, and its files in /proc. Boot. */
void proc_init(void);
/* Makes process 1, which runs the program at path, and starts it; the path is not copied. Boot;
 * panics if it cannot. */
void process_start_init(const char *path);

/* A process that nobody knows yet, without space and threads; NULL if there is no memory.
 * process_free gives back what process_new took; process_release before it what the process holds,
 * as far as it is there. May sleep. */
MUST_CHECK struct process *process_new(void);
void process_release(struct process *process);
/* The space is the process's from now on (NULL: none is), instead of what it had; if it is nobody
 * else's, it keeps to its limits. The references are the caller's business. process_lock held. */
void process_set_space_locked(struct process *process, struct space *space);
void process_free(struct process *process);

/* Gives it a PID, its first thread, and a place in the tree: below the caller, or beside it
 * (CLONE_PARENT). -EAGAIN if there are too many, or no free PID; -ERESTARTNOINTR if a signal waits. */
MUST_CHECK int process_enter(struct process *process, struct task *leader, bool beside);
/* The PID of its parent, 0 if it has none. Takes process_lock. */
int process_parent_pid(const struct process *process);

/* Takes it out of the tree. process_lock held. */
void process_leave_locked(struct process *process);
/* The process of that PID, or NULL. process_lock held. */
struct process *process_find_locked(int pid);
/* A number for a process or thread that is nobody's; -EAGAIN. process_lock held. */
int process_number_locked(void);
/* The last number that was given. */
int process_last_number(void);
/* The first process whose PID is at least that, or NULL. process_lock held. */
struct process *process_from_locked(int pid);
/* The process after that one, by PID; of NULL the first; NULL at the end. process_lock held. */
struct process *process_next_locked(const struct process *process);

/* A process runs from that inode, which is run already; or no longer does. */
void executable_get(struct inode *inode);
void executable_put(struct inode *inode);

u64 process_count(void);	/* alive and zombies, for the ledger */

#endif
