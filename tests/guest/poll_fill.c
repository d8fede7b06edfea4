/* A writer that waits with poll moves a stream through a full pipe, beside a reader that does the
 * same; several processes that poll one pipe are all woken. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <poll.h>

#define TOTAL	(1 << 20)
#define POLLERS	4

static char bytes[5000];

static void stream_write(int fd)
{
	struct pollfd asked = { .fd = fd, .events = POLLOUT };

	for (long done = 0; done < TOTAL;) {
		long part = TOTAL - done < 5000 ? TOTAL - done : 5000;

		for (long i = 0; i < part; i++)
			bytes[i] = (done + i) % 251;
		CHECK_EQ(poll(&asked, 1, 20000), 1);
		CHECK_EQ(asked.revents, POLLOUT);
		part = write(fd, bytes, part);
		CHECK(part >= 4096 || done + part == TOTAL);
		done += part;
	}
}

static void stream_read(int fd)
{
	struct pollfd asked = { .fd = fd, .events = POLLIN };
	long done = 0, part;

	do {
		CHECK_EQ(poll(&asked, 1, 20000), 1);
		part = read(fd, bytes, 3001);
		CHECK(part >= 0);
		for (long i = 0; i < part; i++)
			CHECK_EQ((unsigned char)bytes[i], (done + i) % 251);
		done += part;
	} while (part > 0);
	CHECK_EQ(done, TOTAL);
	CHECK_EQ(asked.revents & ~POLLIN, POLLHUP);
}

static void wait_children(int count)
{
	int status;

	while (count-- > 0) {
		CHECK(wait(&status) > 0);
		CHECK_EQ(status, 0);
	}
}

int main(void)
{
	int ends[2];

	CHECK_EQ(pipe2(ends, O_NONBLOCK), 0);
	if (fork() == 0) {
		close(ends[0]);
		stream_write(ends[1]);
		_exit(0);
	}
	close(ends[1]);
	stream_read(ends[0]);
	wait_children(1);

	CHECK_EQ(pipe(ends), 0);
	for (int i = 0; i < POLLERS; i++)
		if (fork() == 0) {
			struct pollfd asked = { .fd = ends[0], .events = POLLIN };
			CHECK_EQ(poll(&asked, 1, 20000), 1);
			_exit(0);
		}
	usleep(30000);
	CHECK_EQ(write(ends[1], "x", 1), 1);
	wait_children(POLLERS);
	PASS();
}
