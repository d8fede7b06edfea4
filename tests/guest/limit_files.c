/* RLIMIT_NOFILE holds for every call that makes a descriptor, and for poll. */
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>

static struct pollfd asked[65];

int main(void)
{
	struct rlimit limit;
	int ends[2];

	CHECK_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
	CHECK_EQ(sysconf(_SC_OPEN_MAX), limit.rlim_cur);
	CHECK(limit.rlim_cur >= 64);
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	CHECK_EQ(dup2(1, 30), 30);
	limit.rlim_cur = 20;
	CHECK_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
	CHECK_EQ(sysconf(_SC_OPEN_MAX), 20);

	CHECK_ERRNO(dup2(1, 20), EBADF);
	CHECK_EQ(dup2(1, 19), 19);
	CHECK_ERRNO(fcntl(1, F_DUPFD, 20), EINVAL);
	CHECK_ERRNO(fcntl(1, F_DUPFD, 19), EMFILE);
	for (int fd = 3; fd < 19; fd++)
		CHECK_EQ(dup(1), fd);
	CHECK_ERRNO(dup(1), EMFILE);
	CHECK_ERRNO(open("/dev/null", O_RDONLY), EMFILE);
	CHECK_EQ(close(18), 0);
	CHECK_ERRNO(pipe(ends), EMFILE);
	CHECK_EQ(dup(1), 18);

	/* What is open above it stays open. */
	CHECK_EQ(write(30, "", 0), 0);
	CHECK_EQ(dup2(30, 5), 5);

	for (int i = 0; i < 65; i++)
		asked[i].fd = -1;
	CHECK_EQ(poll(asked, 20, 0), 0);
	CHECK_ERRNO(poll(asked, 21, 0), EINVAL);
	limit.rlim_cur = 64;
	CHECK_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
	CHECK_EQ(poll(asked, 64, 0), 0);
	CHECK_EQ(dup(1), 20);
	limit.rlim_max = 1ul << 40;
	CHECK_ERRNO(setrlimit(RLIMIT_NOFILE, &limit), EPERM);
	PASS();
}
