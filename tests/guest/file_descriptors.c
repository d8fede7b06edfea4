/* As many descriptors as there may be, then EMFILE.
 * own-linux: yes
 * guest-only: the limit of the host may be far higher. */
#include "test.h"

#include <fcntl.h>

#define LIMIT	1024

int main(void)
{
	int first = open("/dev/null", O_RDONLY), ends[2];

	CHECK(first >= 0);
	for (int fd = first + 1; fd < LIMIT; fd++)
		CHECK_EQ(dup(first), fd);
	CHECK_ERRNO(dup(first), EMFILE);
	CHECK_ERRNO(open("/dev/null", O_RDONLY), EMFILE);
	CHECK_ERRNO(pipe(ends), EMFILE);
	CHECK_EQ(close(500), 0);
	CHECK_ERRNO(pipe(ends), EMFILE);	/* one is not enough, and is not lost */
	CHECK_EQ(open("/dev/zero", O_RDONLY), 500);
	CHECK_ERRNO(dup2(first, LIMIT), EBADF);
	CHECK_EQ(dup2(first, LIMIT - 1), LIMIT - 1);
	CHECK_ERRNO(fcntl(first, F_DUPFD, LIMIT), EINVAL);
	for (int fd = first; fd < LIMIT; fd++)
		CHECK_EQ(close(fd), 0);
	PASS();
}
