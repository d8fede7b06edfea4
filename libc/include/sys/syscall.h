/* The numbers that syscall(2) takes, made from abi/syscalls.def. */
#ifndef _SYS_SYSCALL_H
#define _SYS_SYSCALL_H

#include <bits/syscall.h>

#endif
