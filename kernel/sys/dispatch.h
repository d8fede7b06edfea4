/* The table of system calls. */
#ifndef SYS_DISPATCH_H
#define SYS_DISPATCH_H

/* Puts every call of abi/syscalls.def into the dispatcher's table. Boot. */
void sys_init(void);

#endif
