/* poll waits: until something happens, or as long as it was told. */
#include "clock.h"

#include <poll.h>
#include <time.h>

static int first[2], second[2];

static void pause_ms(int ms)
{
	struct timespec time = { .tv_nsec = ms * 1000000L };

	CHECK_EQ(nanosleep(&time, NULL), 0);
}

/* Runs act in a child a moment later. */
static pid_t later(void (*act)(void))
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		pause_ms(50);
		act();
		_exit(0);
	}
	return child;
}

static void write_second(void)
{
	CHECK_EQ(write(second[1], "x", 1), 1);
}

static void nothing(void)
{
}

static void wait_end(pid_t child)
{
	int status;

	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

int main(void)
{
	struct pollfd asked[2];
	char byte;

	CHECK_EQ(pipe(first), 0);
	CHECK_EQ(pipe(second), 0);
	asked[0] = (struct pollfd){ .fd = first[0], .events = POLLIN };
	asked[1] = (struct pollfd){ .fd = second[0], .events = POLLIN };

	double start = now();
	CHECK_EQ(poll(asked, 2, 30), 0);
	CHECK(now() - start >= 0.030);
	CHECK_EQ(poll(NULL, 0, 20), 0);
	CHECK(now() - start >= 0.050);
	CHECK_EQ(poll(asked, 2, 0), 0);

	/* Forever, and with a time limit that is not used up. */
	for (int timeout = -1; timeout <= 1000000; timeout += 1000001) {
		pid_t child = later(write_second);
		CHECK_EQ(poll(asked, 2, timeout), 1);
		CHECK_EQ(asked[0].revents, 0);
		CHECK_EQ(asked[1].revents, POLLIN);
		CHECK_EQ(read(second[0], &byte, 1), 1);
		wait_end(child);
	}

	/* The last writer goes without a word. */
	pid_t child = later(nothing);
	close(second[1]);
	CHECK_EQ(poll(asked, 2, 1000000), 1);
	CHECK_EQ(asked[1].revents, POLLHUP);
	wait_end(child);
	PASS();
}
