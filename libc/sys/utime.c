/* utime(2). */
#include <utime.h>

#include "syscall.h"

int utime(const char *path, const struct utimbuf *times)
{
	return (int)syscall_return(syscall2(SYS_utime, (long)path, (long)times));
}
