/* The end of a process, and waiting for it. */
#ifndef PROC_EXIT_H
#define PROC_EXIT_H

#include "proc/process.h"

/* exit_group(2): status is the word that wait4 gives. The process gives everything back; its
 * children are adopted. Not for process 1, whose end is a panic. */
NORETURN void process_exit(int status);

/* wait4(2) except for copying out: the PID, 0 (WNOHANG), -ECHILD, -ERESTARTSYS, -EINVAL, -ESRCH. By then
 * nothing is left of that process: its frames, stack and all are free again. */
long process_wait(int pid, int options, int *status, struct usage *usage);

#endif
