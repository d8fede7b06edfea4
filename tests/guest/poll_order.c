/* No wake-up is lost: two processes hand bytes to and fro over pipes that do not block, and wait
 * for each of them with poll. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <poll.h>

#define ROUNDS	3000

static int there[2], back[2];

/* Polls the place where the byte will come, among others that never change. */
static void take(int fd, int idle)
{
	struct pollfd asked[3] = {
		{ .fd = idle, .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
		{ .fd = idle, .events = POLLIN },
	};
	char byte;

	CHECK_EQ(poll(asked, 3, 20000), 1);
	CHECK_EQ(asked[1].revents, POLLIN);
	CHECK_EQ(read(fd, &byte, 1), 1);
	CHECK_ERRNO(read(fd, &byte, 1), EAGAIN);
}

int main(void)
{
	int idle[2], status;

	CHECK_EQ(pipe2(there, O_NONBLOCK), 0);
	CHECK_EQ(pipe2(back, O_NONBLOCK), 0);
	CHECK_EQ(pipe2(idle, O_NONBLOCK), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		for (int i = 0; i < ROUNDS; i++) {
			take(there[0], idle[0]);
			CHECK_EQ(write(back[1], "b", 1), 1);
		}
		_exit(0);
	}
	for (int i = 0; i < ROUNDS; i++) {
		CHECK_EQ(write(there[1], "a", 1), 1);
		take(back[0], idle[0]);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
