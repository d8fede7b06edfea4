/* poll on hundreds of pipes at once, each of which wakes it; and one pipe asked many times. */
#include "test.h"

#include <poll.h>

#define PIPES	300

static int ends[PIPES][2];
static struct pollfd asked[PIPES];

static void wake_in_turn(int commands, int step)
{
	char byte;

	for (int i = 0; i < PIPES; i += step) {
		CHECK_EQ(read(commands, &byte, 1), 1);
		CHECK_EQ(write(ends[i][1], "x", 1), 1);
	}
}

static void wait_in_turn(int commands, int step)
{
	char byte;

	for (int i = 0; i < PIPES; i += step) {
		CHECK_EQ(write(commands, "x", 1), 1);
		CHECK_EQ(poll(asked, PIPES, 20000), 1);
		for (int other = 0; other < PIPES; other++)
			CHECK_EQ(asked[other].revents, other == i ? POLLIN : 0);
		CHECK_EQ(read(ends[i][0], &byte, 1), 1);
	}
}

int main(void)
{
	int commands[2], status;

	CHECK_EQ(pipe(commands), 0);
	for (int i = 0; i < PIPES; i++) {
		CHECK_EQ(pipe(ends[i]), 0);
		asked[i] = (struct pollfd){ .fd = ends[i][0], .events = POLLIN };
	}
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		wake_in_turn(commands[0], 7);
		_exit(0);
	}
	wait_in_turn(commands[1], 7);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK_EQ(poll(asked, PIPES, 1), 0);

	/* One queue may be joined any number of times. */
	for (int i = 0; i < PIPES; i++)
		asked[i].fd = ends[i % 2][0];
	CHECK_EQ(write(ends[1][1], "x", 1), 1);
	CHECK_EQ(poll(asked, PIPES, -1), PIPES / 2);
	PASS();
}
