/* The end of a thread and of a process, and waiting for it. */
#ifndef PROC_EXIT_H
#define PROC_EXIT_H

#include "proc/process.h"

/* exit_group(2): status is the word that wait4 gives, unless another thread has said one before.
 * All threads of the process end. */
NORETURN void process_exit(int status);
/* exit(2): the current thread ends. With the last one the process does: it gives everything back,
 * and its children are adopted. The status is then its own. The end of process 1 is a panic. */
NORETURN void task_exit(int status);
/* exec: all other threads of the process end, and the current one becomes the leader. -EINTR if the
 * process ends instead. */
MUST_CHECK int task_exit_others(void);
/* exec, exit: what the current thread does last in its address space: it gives up its robust
 * futexes (proc/robust.h), and clears its TID (set_tid_address(2)) if others can see that. May
 * sleep. */
void task_leave_space(void);

enum wait_target { WAIT_FOR_ANY, WAIT_FOR_PID, WAIT_FOR_GROUP };

struct wait_request {
	enum wait_target target;
	int id;				/* PID, or group; 0: the caller's own */
	int options;			/* as waitid(2)'s: WEXITED too */
};

struct wait_result {
	int status;			/* as wait4's status word */
	u32 uid;			/* whom it ran as */
	struct usage usage;
};

/* wait4(2) and waitid(2) except for copying out: the PID, 0 (WNOHANG), -ECHILD, -ERESTARTSYS. Of
 * one that had ended, and without WNOWAIT, nothing is left by then: frames, stack and all are free. */
long process_wait(const struct wait_request *request, struct wait_result *result);

#endif
