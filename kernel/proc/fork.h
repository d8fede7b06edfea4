/* fork(2), vfork(2), and the clone(2) that says the same. */
#ifndef PROC_FORK_H
#define PROC_FORK_H

#include "proc/process.h"
#include <abi/sched.h>
#include <abi/signal.h>

#define FORK_FLAGS	ABI_SIGCHLD
#define FORK_VFORK	(ABI_CLONE_VM | ABI_CLONE_VFORK | ABI_SIGCHLD)

/* With either of them: the child writes its thread ID to child_tid before it runs, and clears it
 * there when it ends (set_tid_address(2)). */
#define FORK_TID_FLAGS	(ABI_CLONE_CHILD_SETTID | ABI_CLONE_CHILD_CLEARTID)

/* A child that goes on where the frame does, with result 0 and, unless stack is 0, on that stack.
 * flags is FORK_FLAGS, or FORK_VFORK: then the child runs in the parent's address space, and the
 * parent waits until it execs or ends. The child's PID; -ENOMEM, -EAGAIN, and then nothing has
 * changed. */
long process_fork(const struct trap_frame *frame, u64 flags, u64 stack, struct user_ptr child_tid);

/* The process has left its parent's address space: a parent that waits for that goes on. */
void process_vfork_done(struct process *process);

#endif
