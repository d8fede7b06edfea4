/* Signals (signal(7)): sending them, and what a process has said of them.
 *
 * A signal is sent to a process or to one thread, and waits in the set of that (signal_set.h) until
 * the thread, on its way out to user mode, takes it (signal_deliver.h): nothing else looks at
 * signals, and only THREAD_WORK_SIGNAL in the thread's work word brings it there. The sets, the
 * actions and the masks are under signal_lock, which is taken with interrupts off, since timers
 * send signals. A mask is changed only by its own thread, and an action by its own process.
 *
 * Process 1 gets only signals that it handles. */
#ifndef PROC_SIGNAL_H
#define PROC_SIGNAL_H

#include "proc/process.h"

#define SIGNALS_UNBLOCKABLE	(SIGNAL_BIT(ABI_SIGKILL) | SIGNAL_BIT(ABI_SIGSTOP))
#define SIGNALS_STOP \
	(SIGNAL_BIT(ABI_SIGSTOP) | SIGNAL_BIT(ABI_SIGTSTP) | SIGNAL_BIT(ABI_SIGTTIN) | \
		SIGNAL_BIT(ABI_SIGTTOU))
/* Those that do nothing to a process that does not handle them. */
#define SIGNALS_HARMLESS \
	(SIGNAL_BIT(ABI_SIGCHLD) | SIGNAL_BIT(ABI_SIGCONT) | SIGNAL_BIT(ABI_SIGURG) | \
		SIGNAL_BIT(ABI_SIGWINCH))

static inline bool signal_is_valid(int signal)
{
	return signal >= 1 && signal <= ABI_NSIG;
}

/* kill(2): -EINVAL, -ESRCH, -EPERM. */
int process_kill(int pid, int signal);
/* tgkill(2); tkill(2), with 0 for the process: -EINVAL, -ESRCH, -EPERM. */
int process_kill_thread(int pid, int tid, int signal);
/* Sends a signal from the kernel, or one with what is known about it; to a thread of the process
 * (NULL: to any). The caller has stable pointers. Under any lock before LOCK_SIGNAL, but no interrupt
 * handler's. */
void process_signal(struct process *process, int signal);
void process_signal_info(struct process *process, const struct signal_info *info);
void process_signal_task(
	struct process *process, struct task *to, const struct signal_info *info);
/* A thread has ended, of a process that acted as the context says: its child gets the signals that
 * its threads asked for (PR_SET_PDEATHSIG). process_lock held. */
void signal_orphan_locked(
	struct process *child, const struct process *parent, const struct fs_context *whose);
/* To the caller itself, as if by its own hand (SIGPIPE). */
void signal_self(int signal);
/* The current thread has done something that cannot go on. Runs the handler when the thread leaves
 * the kernel; without one, or if it blocks or ignores the signal, the process ends here and now. */
void signal_force(const struct signal_info *info);

/* Whether the caller ignores or blocks a signal: then a terminal does not stop it. */
bool signal_is_ignored(int signal);

/* rt_sigaction(2): replaces an action (new may be NULL) and gives the old one. Signals that are
 * ignored from now on are forgotten. */
void signal_set_action(int signal, const struct abi_sigaction *new, struct abi_sigaction *old);
/* The current thread's mask; what cannot be blocked is not. */
u64 signal_mask(void);
void signal_set_mask(u64 mask);
/* A mask for one call, which comes to its end by a signal (sigsuspend(2), pselect(2)): the old one
 * comes back when the call is over. A call that ends otherwise restores it itself. */
void signal_set_mask_for_call(u64 mask);
void signal_restore_mask(void);
/* What has been sent and is blocked. */
u64 signal_pending(void);
/* rt_sigtimedwait(2): takes one of the signals in the mask, waiting for it until the deadline (in
 * clock_ns). Its number; -EAGAIN, -EINTR. */
int signal_wait(u64 mask, u64 deadline, struct signal_info *info);
/* pause(2): -ERESTARTNOHAND. */
int signal_pause(void);

/* The call goes on later, where restart_syscall(2) calls function with these arguments, unless a
 * handler runs: -ERESTART_RESTARTBLOCK, which the call gives back. */
typedef long (*signal_restart_t)(const u64 *arguments);
long signal_restart_later(signal_restart_t function, u64 first, u64 second, u64 third);
long signal_restart(void);

/* fork: the child has its parent's mask, and as the flags of clone(2) say its actions and stack.
 * exec: handlers are gone. */
void signal_fork(struct task *child, const struct task *parent, u64 flags);
void signal_exec(void);
/* A thread ends, and takes no more signals. Status: of the process, if it is the last and nobody
 * has said another. True if it is the last. */
bool signal_exit(struct task *task, int status);

/* All threads of the process end, which gives its parent that status, unless they do so already.
 * signal_lock held. */
void signal_end_locked(struct process *process, int status);

/* For the other files of signals: signal_lock held. Sends to a thread of the process, or to the
 * process (to is NULL), which has threads: a signal below SIGRTMIN, or one for which the set has a
 * spare (signal_set.h). */
void signal_send_locked(
	struct process *process, struct task *to, const struct signal_info *info);
/* The same: the thread sees what it may take now; and the
 * others may take what this thread, from now on, does not. */
void signal_update_locked(struct task *task);
void signal_others_locked(struct task *task, u64 mask);

#endif
