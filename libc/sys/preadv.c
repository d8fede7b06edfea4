/* preadv(2) and its kin: the offset goes in one register. */
#include <sys/uio.h>

#include "syscall.h"

ssize_t preadv(int fd, const struct iovec *vector, int count, off_t offset)
{
	return syscall_return(syscall6(SYS_preadv, fd, (long)vector, count, offset, 0, 0));
}

ssize_t pwritev(int fd, const struct iovec *vector, int count, off_t offset)
{
	return syscall_return(syscall6(SYS_pwritev, fd, (long)vector, count, offset, 0, 0));
}

ssize_t preadv2(int fd, const struct iovec *vector, int count, off_t offset, int flags)
{
	return syscall_return(syscall6(SYS_preadv2, fd, (long)vector, count, offset, 0, flags));
}

ssize_t pwritev2(int fd, const struct iovec *vector, int count, off_t offset, int flags)
{
	return syscall_return(syscall6(SYS_pwritev2, fd, (long)vector, count, offset, 0, flags));
}
