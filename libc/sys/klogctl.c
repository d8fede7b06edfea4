/* The call's own name, syslog, belongs to another function of POSIX. */
#include <sys/klog.h>

#include "syscall.h"

int klogctl(int action, char *buffer, int size)
{
	return (int)syscall_return(syscall4(SYS_syslog, action, (long)buffer, size, 0));
}
