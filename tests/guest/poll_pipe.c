/* What poll says of the ends of a pipe and of a FIFO: data, room, and the other side gone. */
#define _GNU_SOURCE
#include "scratch.h"

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

/* A FIFO that nobody writes to has not ended for a reader that has not seen it written to. */
static void fifo(void)
{
	scratch_enter();
	CHECK_EQ(mkfifo("p", 0600), 0);
	int reader = open("p", O_RDONLY | O_NONBLOCK);
	CHECK_EQ(ready(reader, POLLIN), 0);
	int writer = open("p", O_WRONLY);
	CHECK_EQ(ready(reader, POLLIN), 0);
	CHECK_EQ(close(writer), 0);
	CHECK_EQ(ready(reader, POLLIN), POLLHUP);

	int late = open("p", O_RDONLY | O_NONBLOCK);
	CHECK_EQ(ready(late, POLLIN), 0);
	CHECK_EQ(ready(reader, POLLIN), POLLHUP);
	writer = open("p", O_WRONLY);
	int between = open("p", O_RDONLY | O_NONBLOCK);
	CHECK_EQ(ready(reader, POLLIN), 0);
	CHECK_EQ(write(writer, "x", 1), 1);
	CHECK_EQ(close(writer), 0);
	CHECK_EQ(ready(late, POLLIN), POLLIN | POLLHUP);
	CHECK_EQ(ready(between, POLLIN), POLLIN | POLLHUP);
	int last = open("p", O_RDONLY | O_NONBLOCK);
	CHECK_EQ(ready(last, POLLIN), POLLIN);

	CHECK_EQ(close(reader) | close(late) | close(between) | close(last), 0);
	CHECK_EQ(unlink("p"), 0);
	scratch_leave();
}

/* Another opening of a pipe has seen its writers, be they gone. */
static void reopened(void)
{
	char name[32], byte;
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(write(ends[1], "x", 1), 1);
	CHECK_EQ(close(ends[1]), 0);
	snprintf(name, sizeof(name), "/proc/self/fd/%d", ends[0]);
	int reader = open(name, O_RDONLY);
	CHECK_EQ(ready(reader, POLLIN), POLLIN | POLLHUP);
	CHECK_EQ(read(reader, &byte, 1), 1);
	CHECK_EQ(ready(reader, POLLIN), POLLHUP);
	CHECK_ERRNO(open(name, O_ACCMODE), EINVAL);
	CHECK_EQ(close(reader) | close(ends[0]), 0);
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
	fifo();
	reopened();
	PASS();
}
