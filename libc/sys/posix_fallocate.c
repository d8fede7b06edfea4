/* posix_fallocate(3). */
#include <fcntl.h>

#include "syscall.h"

int posix_fallocate(int fd, off_t offset, off_t length)
{
	return -syscall4(SYS_fallocate, fd, 0, offset, length);
}
