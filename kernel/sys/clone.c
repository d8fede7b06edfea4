/* System calls that make processes and threads. */
#include "proc/fork.h"

#include "lib/errno.h"
#include "proc/signal.h"
#include "x86/paging.h"
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

/* The fields that the program knows, the others 0. -E2BIG if it has set some that are not known
 * here. */
static int get_args(struct abi_clone_args *args, struct user_ptr from, size_t size)
{
	u8 more[64];

	*args = (struct abi_clone_args){ 0 };
	if (size > PAGE_SIZE)
		return -E2BIG;
	if (size < ABI_CLONE_ARGS_SIZE_FIRST)
		return -EINVAL;
	for (size_t at = sizeof(*args); at < size; at += sizeof(more)) {
		size_t part = MIN(size - at, sizeof(more));

		if (user_read_bytes(more, user_ptr_add(from, at), part) < 0)
			return -EFAULT;
		for (size_t i = 0; i < part; i++)
			if (more[i])
				return -E2BIG;
	}
	return user_read_bytes(args, from, MIN(size, sizeof(*args)));
}

/* What clone3(2) demands beyond clone(2). Numbers for the child cannot be chosen here. */
static int check_args(const struct abi_clone_args *args)
{
	if (args->flags & (ABI_CLONE_DETACHED | ABI_CSIGNAL))
		return -EINVAL;
	if (args->exit_signal && (args->exit_signal > ABI_NSIG ||
			args->flags & (ABI_CLONE_THREAD | ABI_CLONE_PARENT)))
		return -EINVAL;
	if (!args->stack != !args->stack_size)
		return -EINVAL;
	if (args->stack > USER_END || args->stack_size > USER_END - args->stack)
		return -EINVAL;
	return args->set_tid || args->set_tid_size ? -EINVAL : 0;
}

long sys_clone3(struct user_ptr cl_args, size_t size)
{
	struct abi_clone_args args;

	int error = get_args(&args, cl_args, size);
	if (!error)
		error = check_args(&args);
	if (error)
		return error;
	struct fork_request request = {
		.flags = args.flags,
		.exit_signal = args.exit_signal,
		.stack = args.stack + args.stack_size,
		.parent_tid = { args.parent_tid },
		.child_tid = { args.child_tid },
		.tls = args.tls,
	};
	return process_fork(trap_user_frame(), &request);
}
