/* pread(2), pwrite(2). */
#include <unistd.h>

#include "cancel.h"

ssize_t pread(int fd, void *buffer, size_t count, off_t offset)
{
	return syscall_return(cancel_call6(SYS_pread64, fd, buffer, count, offset, 0, 0));
}

ssize_t pwrite(int fd, const void *buffer, size_t count, off_t offset)
{
	return syscall_return(cancel_call6(SYS_pwrite64, fd, buffer, count, offset, 0, 0));
}
