/* What poll says of the ends of a pipe: data, room, and the other side gone. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <poll.h>

#define CAPACITY	65536
#define PART		4096

static int ready(int fd, int events)
{
	struct pollfd asked = { .fd = fd, .events = events, .revents = 0x7777 };
	int count = poll(&asked, 1, 0);

	CHECK_EQ(count, asked.revents != 0);
	CHECK_EQ(asked.events, events);
	return asked.revents;
}

int main(void)
{
	static char part[PART];
	int ends[2];

	CHECK_EQ(pipe2(ends, O_NONBLOCK), 0);
	CHECK_EQ(ready(ends[0], POLLIN | POLLOUT | POLLPRI), 0);
	CHECK_EQ(ready(ends[1], POLLIN | POLLOUT | POLLWRNORM), POLLOUT | POLLWRNORM);
	CHECK_EQ(ready(ends[1], 0), 0);

	CHECK_EQ(write(ends[1], part, 1), 1);
	CHECK_EQ(ready(ends[0], POLLIN), POLLIN);
	CHECK_EQ(ready(ends[0], POLLIN | POLLRDNORM | POLLRDBAND), POLLIN | POLLRDNORM);
	CHECK_EQ(ready(ends[0], POLLOUT), 0);
	CHECK_EQ(read(ends[0], part, PART), 1);
	CHECK_EQ(ready(ends[0], POLLIN), 0);

	/* Full; and room means room for PIPE_BUF bytes. */
	for (int i = 0; i < CAPACITY / PART; i++)
		CHECK_EQ(write(ends[1], part, PART), PART);
	CHECK_EQ(ready(ends[1], POLLOUT), 0);
	CHECK_EQ(read(ends[0], part, 1), 1);
	CHECK_EQ(ready(ends[1], POLLOUT), 0);
	CHECK_EQ(read(ends[0], part, PART - 1), PART - 1);
	CHECK_EQ(ready(ends[1], POLLOUT), POLLOUT);

	/* What is in the pipe stays readable; the end is told unasked. */
	CHECK_EQ(close(ends[1]), 0);
	CHECK_EQ(ready(ends[0], POLLIN), POLLIN | POLLHUP);
	CHECK_EQ(ready(ends[0], 0), POLLHUP);
	while (read(ends[0], part, PART) > 0)
		;
	CHECK_EQ(ready(ends[0], POLLIN), POLLHUP);
	CHECK_EQ(close(ends[0]), 0);

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(close(ends[0]), 0);
	CHECK_EQ(ready(ends[1], POLLOUT), POLLOUT | POLLERR);
	CHECK_EQ(ready(ends[1], 0), POLLERR);
	CHECK_EQ(close(ends[1]), 0);
	PASS();
}
