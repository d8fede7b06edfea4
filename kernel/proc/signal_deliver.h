/* Taking signals: what a thread does with those sent to it when it leaves the kernel. */
#ifndef PROC_SIGNAL_DELIVER_H
#define PROC_SIGNAL_DELIVER_H

#include "proc/process.h"
#include "x86/trap.h"

/* A signal that has a handler. */
struct delivery {
	struct signal_info info;
	struct abi_sigaction action;
};

/* Takes a signal of the mask from the thread's set, else the process's; 0 if there is none. SIGKILL
 * goes first, then what the thread has done itself, then the lowest. signal_lock held. */
int signal_take_locked(struct task *task, u64 mask, struct signal_info *info);

/* Deals with all signals that are pending and not blocked, and with a system call that they have
 * interrupted: the frame is that of a handler, or goes on. May sleep, or end the process. The
 * current thread, on its way out to user mode. */
void signal_deliver(struct trap_frame *frame);

#endif
