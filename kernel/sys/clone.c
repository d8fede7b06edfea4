/* System calls that make processes and threads. */
#include "proc/fork.h"

#include "x86/trap.h"
#include <gen/syscalls.h>

long sys_fork(void)
{
	return process_fork(
		trap_user_frame(), &(struct fork_request){ .exit_signal = ABI_SIGCHLD });
}

long sys_vfork(void)
{
	return process_fork(trap_user_frame(),
		&(struct fork_request){ .flags = ABI_CLONE_VM | ABI_CLONE_VFORK,
			.exit_signal = ABI_SIGCHLD });
}

long sys_clone(unsigned long flags, unsigned long stack, struct user_ptr parent_tid,
	struct user_ptr child_tid, unsigned long tls)
{
	struct fork_request request = {
		/* Linux takes 32 bits of the flags here. */
		.flags = (u32)flags & ~ABI_CSIGNAL,
		.exit_signal = flags & ABI_CSIGNAL,
		.stack = stack,
		.parent_tid = parent_tid,
		.child_tid = child_tid,
		.tls = tls,
	};

	return process_fork(trap_user_frame(), &request);
}
