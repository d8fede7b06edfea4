/* posix_fadvise(2). */
#include <fcntl.h>

#include "syscall.h"

int posix_fadvise(int fd, off_t offset, off_t length, int advice)
{
	return -syscall4(SYS_fadvise64, fd, offset, length, advice);
}
