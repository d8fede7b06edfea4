/* fork(2), vfork(2), clone(2): new processes, and new threads of a process. */
#ifndef PROC_FORK_H
#define PROC_FORK_H

#include "proc/process.h"
#include "vm/user.h"
#include <abi/sched.h>
#include <abi/signal.h>

struct fork_request {
	u64 flags;		/* ABI_CLONE_, without the signal */
	u32 exit_signal;	/* what the parent of a new process gets at its end; 0: none */
	u64 stack;		/* where its stack pointer stands; 0: as the caller's */
	struct user_ptr parent_tid, child_tid;	/* for the flags that say so */
	u64 tls;		/* FS base, with CLONE_SETTLS */
};

/* A child that goes on where the frame does, with result 0: a process, or with CLONE_THREAD a
 * thread of the caller's process. Its number. -EINVAL: flags that do not go together or are not
 * known; -EPERM: a TLS that cannot be; -ENOMEM, -EAGAIN, -EINTR; and then nothing has changed. With
 * CLONE_VFORK it returns when the child has called exec or ended. */
long process_fork(const struct trap_frame *frame, const struct fork_request *request);

/* The thread has left its parent's address space: a parent that waits for that goes on. */
void task_vfork_done(struct task *task);

#endif
