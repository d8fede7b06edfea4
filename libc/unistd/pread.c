/* pread(2), pwrite(2). */
#include <unistd.h>

#include "syscall.h"

ssize_t pread(int fd, void *buffer, size_t count, off_t offset)
{
	return syscall_return(syscall4(SYS_pread64, fd, (long)buffer, (long)count, offset));
}

ssize_t pwrite(int fd, const void *buffer, size_t count, off_t offset)
{
	return syscall_return(syscall4(SYS_pwrite64, fd, (long)buffer, (long)count, offset));
}
