/* execve(2): another program takes over the process. */
#ifndef PROC_EXEC_H
#define PROC_EXEC_H

#include "proc/process.h"
#include "vm/user.h"

/* Runs the program at path (a string of the kernel) with the caller's argv and envp; a script's
 * first line ("#!") names its interpreter. 0, and the frame is that of the new program. Errors,
 * after which nothing has changed: -ENOENT, -ENOTDIR, -EACCES, -ELOOP, -ENAMETOOLONG, -ENOEXEC,
 * -E2BIG, -EFAULT, -ENOMEM, -EINTR. */
long process_exec(
	struct trap_frame *frame, const char *path, struct user_ptr argv, struct user_ptr envp);
/* For process 1: argv and envp are the kernel's. Panics if the program cannot be run. */
void exec_init(struct trap_frame *frame, const char *path);

#endif
