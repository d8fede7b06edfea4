/* errno(3): one per thread, and the one place where a kernel's -errno becomes it. */
#include <errno.h>

#include "syscall.h"

static _Thread_local int error_number;

int *__errno_location(void)
{
	return &error_number;
}

long __syscall_error(long result)
{
	error_number = (int)-result;
	return -1;
}
