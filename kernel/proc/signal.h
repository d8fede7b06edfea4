/* Signals (signal(7)), as far as every process has the default actions: a signal ends it, or is
 * ignored. Stop signals and handlers come with job control; until then a stop signal is ignored.
 * Process 1 gets only signals that it handles: none.
 *
 * Here are also the ends that the kernel itself decides on: faults of programs, and who dies for
 * want of memory. */
#ifndef PROC_SIGNAL_H
#define PROC_SIGNAL_H

#include "proc/process.h"

/* kill(2): -EINVAL, -ESRCH. */
int process_kill(int pid, int signal);
/* Sends a signal; a fatal one ends the process when it next leaves the kernel, and its waits in the
 * kernel now. The caller has a stable pointer. */
void process_signal(struct process *process, int signal);
/* Registers the handlers of faults and of work on the way out to user mode. Boot. */
void signal_init(void);

#endif
