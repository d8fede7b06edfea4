/* dup3(2): dup2 with a flag, and without its exception for equal numbers. */
#define _GNU_SOURCE
#include "scratch.h"

int main(void)
{
	CHECK_EQ(dup3(1, 40, O_CLOEXEC), 40);
	CHECK_EQ(fcntl(40, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(dup3(1, 40, 0), 40);
	CHECK_EQ(fcntl(40, F_GETFD), 0);
	CHECK_ERRNO(dup3(1, 1, 0), EINVAL);
	CHECK_ERRNO(dup3(99, 99, 0), EINVAL);
	CHECK_ERRNO(dup3(1, 41, O_APPEND), EINVAL);
	CHECK_ERRNO(dup3(99, 41, 0), EBADF);
	CHECK_ERRNO(dup3(1, -1, 0), EBADF);
	CHECK_ERRNO(dup3(1, 1 << 30, 0), EBADF);
	PASS();
}
