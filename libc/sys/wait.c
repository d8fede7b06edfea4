/* wait(2), waitpid(2), waitid(2), wait3(2). */
#include <sys/wait.h>

#include "cancel.h"

static pid_t wait_for(pid_t pid, int *status, int options, struct rusage *usage)
{
	return (pid_t)syscall_return(cancel_call6(SYS_wait4, pid, status, options, usage, 0, 0));
}

pid_t wait(int *status)
{
	return wait_for(-1, status, 0, NULL);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return wait_for(pid, status, options, NULL);
}

pid_t wait3(int *status, int options, struct rusage *usage)
{
	return wait_for(-1, status, options, usage);
}

int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return (int)syscall_return(cancel_call6(SYS_waitid, type, id, info, options, 0, 0));
}
