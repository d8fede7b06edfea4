/* fork(2). */
#include <unistd.h>

#include "alias.h"
#include "malloc_fork.h"
#include "syscall.h"

/* The heap, if the program has one, must be at rest in both processes. */
#pragma weak __malloc_before_fork
#pragma weak __malloc_after_fork
#pragma weak __malloc_in_child

pid_t __fork(void)
{
	long result;

	if (__malloc_before_fork)
		__malloc_before_fork();
	result = syscall0(SYS_fork);
	if (result && __malloc_after_fork)
		__malloc_after_fork();
	else if (!result && __malloc_in_child)
		__malloc_in_child();
	return (pid_t)syscall_return(result);
}

weak_alias(__fork, fork);
