/* prlimit64(2), getrlimit(2), setrlimit(2), getpriority(2). */
#ifndef ABI_RESOURCE_H
#define ABI_RESOURCE_H

#include <abi/types.h>

struct abi_rlimit {
	abi_u64 rlim_cur;	/* what holds */
	abi_u64 rlim_max;	/* up to where anybody may raise it */
};
ABI_LAYOUT(abi_rlimit, rlim_max, 8, 16);

#define ABI_RLIM_INFINITY	(~0ul)

#define ABI_RLIMIT_CPU		0
#define ABI_RLIMIT_FSIZE	1
#define ABI_RLIMIT_DATA		2
#define ABI_RLIMIT_STACK	3
#define ABI_RLIMIT_CORE		4
#define ABI_RLIMIT_RSS		5
#define ABI_RLIMIT_NPROC	6
#define ABI_RLIMIT_NOFILE	7
#define ABI_RLIMIT_MEMLOCK	8
#define ABI_RLIMIT_AS		9
#define ABI_RLIMIT_LOCKS	10
#define ABI_RLIMIT_SIGPENDING	11
#define ABI_RLIMIT_MSGQUEUE	12
#define ABI_RLIMIT_NICE		13
#define ABI_RLIMIT_RTPRIO	14
#define ABI_RLIMIT_RTTIME	15
#define ABI_RLIMITS		16

#define ABI_PRIO_PROCESS	0
#define ABI_PRIO_PGRP		1
#define ABI_PRIO_USER		2

#endif
