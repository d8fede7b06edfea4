/* The end of a process, and waiting for it. */
#ifndef PROC_EXIT_H
#define PROC_EXIT_H

#include "proc/process.h"

/* exit_group(2): status is the word that wait4 gives. The process gives everything back; its
 * children are adopted. Not for process 1, whose end is a panic. */
NORETURN void process_exit(int status);

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

/* wait4(2) and waitid(2) except for copying out: the PID, 0 (WNOHANG), -ECHILD, -ERESTARTSYS. Of one
 * that had ended, and without WNOWAIT, nothing is left by then: frames, stack and all are free. */
long process_wait(const struct wait_request *request, struct wait_result *result);

#endif
