/* wait(2), waitpid(2), wait3(2). */
#include <sys/wait.h>

#include "syscall.h"

pid_t wait(int *status)
{
	return __wait4(-1, status, 0, NULL);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return __wait4(pid, status, options, NULL);
}

pid_t wait3(int *status, int options, struct rusage *usage)
{
	return __wait4(-1, status, options, usage);
}
