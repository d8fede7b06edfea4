/* fcntl: duplicates from a number up, the flag of a descriptor, the flags of an open file. */
#include "test.h"
#include <fcntl.h>

int main(void)
{
	int ends[2], copy;
	char byte;

	CHECK_EQ(pipe(ends), 0);
	copy = fcntl(ends[0], F_DUPFD, 40);
	CHECK_EQ(copy, 40);
	CHECK_EQ(fcntl(ends[0], F_DUPFD, 40), 41);
	CHECK_EQ(fcntl(ends[0], F_DUPFD_CLOEXEC, 40), 42);
	CHECK_EQ(fcntl(42, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(fcntl(41, F_GETFD), 0);
	CHECK_EQ(fcntl(41, F_SETFD, FD_CLOEXEC), 0);
	CHECK_EQ(fcntl(41, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(fcntl(copy, F_GETFD), 0);
	CHECK_ERRNO(fcntl(ends[0], F_DUPFD, -1), EINVAL);
	CHECK_ERRNO(fcntl(ends[0], F_DUPFD, 1 << 30), EINVAL);
	CHECK_ERRNO(fcntl(500, F_DUPFD, 0), EBADF);
	CHECK_ERRNO(fcntl(500, F_GETFD), EBADF);
	CHECK_ERRNO(fcntl(500, F_SETFD, 0), EBADF);
	CHECK_ERRNO(fcntl(500, F_GETFL), EBADF);
	CHECK_ERRNO(fcntl(ends[0], 9999), EINVAL);

	CHECK_EQ(fcntl(ends[0], F_GETFL) & O_ACCMODE, O_RDONLY);
	CHECK_EQ(fcntl(ends[1], F_GETFL) & O_ACCMODE, O_WRONLY);
	CHECK_EQ(fcntl(copy, F_SETFL, O_NONBLOCK), 0);
	/* The copy is the same open file. */
	CHECK(fcntl(ends[0], F_GETFL) & O_NONBLOCK);
	CHECK_ERRNO(read(ends[0], &byte, 1), EAGAIN);
	/* The access mode cannot be changed. */
	CHECK_EQ(fcntl(ends[0], F_SETFL, O_RDWR), 0);
	CHECK_EQ(fcntl(ends[0], F_GETFL) & (O_ACCMODE | O_NONBLOCK), O_RDONLY);
	PASS();
}
