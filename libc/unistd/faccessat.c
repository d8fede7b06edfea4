/* faccessat(2): flags came to the kernel as a call of their own. */
#include <unistd.h>

#include "syscall.h"

int faccessat(int directory, const char *path, int mode, int flags)
{
	if (!flags)
		return (int)syscall_return(syscall3(SYS_faccessat, directory, (long)path, mode));
	return (int)syscall_return(syscall4(SYS_faccessat2, directory, (long)path, mode, flags));
}
