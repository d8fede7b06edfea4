/* Regular files, directories and the devices of memory are always ready. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <poll.h>

#define BOTH	(POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM)

static void check(const char *path, int flags)
{
	struct pollfd asked = { .fd = open(path, flags, 0600), .events = -1 };

	CHECK(asked.fd >= 0);
	CHECK_EQ(poll(&asked, 1, -1), 1);
	CHECK_EQ(asked.revents, BOTH);
	asked.events = POLLIN;
	CHECK_EQ(poll(&asked, 1, -1), 1);
	CHECK_EQ(asked.revents, POLLIN);
	asked.events = POLLPRI;
	CHECK_EQ(poll(&asked, 1, 0), 0);
	CHECK_EQ(close(asked.fd), 0);
}

int main(void)
{
	const char *path = scratch_path("file");

	/* Whatever they were opened for. */
	check(path, O_CREAT | O_WRONLY);
	check(path, O_RDONLY);
	check("/tmp", O_RDONLY | O_DIRECTORY);
	check("/dev/null", O_RDONLY);
	check("/dev/zero", O_RDWR);
	check("/dev/full", O_RDWR);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
