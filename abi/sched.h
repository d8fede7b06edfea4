/* clone(2) and clone3(2). */
#ifndef ABI_SCHED_H
#define ABI_SCHED_H

#include "abi/types.h"

#define ABI_CSIGNAL			0x000000ff
#define ABI_CLONE_VM			0x00000100
#define ABI_CLONE_FS			0x00000200
#define ABI_CLONE_FILES			0x00000400
#define ABI_CLONE_SIGHAND		0x00000800
#define ABI_CLONE_PIDFD			0x00001000
#define ABI_CLONE_PTRACE		0x00002000
#define ABI_CLONE_VFORK			0x00004000
#define ABI_CLONE_PARENT		0x00008000
#define ABI_CLONE_THREAD		0x00010000
#define ABI_CLONE_SYSVSEM		0x00040000
#define ABI_CLONE_SETTLS		0x00080000
#define ABI_CLONE_PARENT_SETTID		0x00100000
#define ABI_CLONE_CHILD_CLEARTID	0x00200000
#define ABI_CLONE_DETACHED		0x00400000
#define ABI_CLONE_UNTRACED		0x00800000
#define ABI_CLONE_CHILD_SETTID		0x01000000
#define ABI_CLONE_IO			0x80000000
#define ABI_CLONE_CLEAR_SIGHAND		0x100000000	/* clone3(2) only */

/* clone3(2) takes as much of it as the program has, from the first version on. */
struct abi_clone_args {
	abi_u64 flags;
	abi_u64 pidfd;
	abi_u64 child_tid;
	abi_u64 parent_tid;
	abi_u64 exit_signal;
	abi_u64 stack;		/* its lowest address */
	abi_u64 stack_size;
	abi_u64 tls;
	abi_u64 set_tid;
	abi_u64 set_tid_size;
	abi_u64 cgroup;
};
ABI_LAYOUT(abi_clone_args, cgroup, 80, 88);

#define ABI_CLONE_ARGS_SIZE_FIRST	64

#define ABI_SCHED_OTHER			0
#define ABI_SCHED_FIFO			1
#define ABI_SCHED_RR			2
#define ABI_SCHED_BATCH			3
#define ABI_SCHED_IDLE			5
#define ABI_SCHED_RESET_ON_FORK		0x40000000	/* with one of them */

struct abi_sched_param {
	int sched_priority;
};
ABI_LAYOUT(abi_sched_param, sched_priority, 0, 4);

#endif
