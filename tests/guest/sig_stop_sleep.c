/* A sleep, a poll and a read go on after a stop, and a sleep is not longer for it. */
#include "test.h"

#include <poll.h>
#include <time.h>

static int ends[2];

static void sleeper(void)
{
	struct timespec time = { 0, 200000000 };

	_exit(nanosleep(&time, NULL) == 0 ? 0 : 1);
}

static void poller(void)
{
	struct pollfd nothing = { .fd = ends[0], .events = POLLIN };

	_exit(poll(&nothing, 1, 200) == 0 ? 0 : 1);
}

static void pauser(void)
{
	alarm(1);
	pause();
	_exit(1);
}

static long now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* The milliseconds that the child took; its status in *status. */
static long stopped(void (*function)(void), int *status)
{
	long begin;
	pid_t child;

	/* If this process gets to it too late, again. */
	do {
		begin = now_ms();
		child = fork();
		if (child == 0)
			function();
		usleep(50000);
		CHECK_EQ(kill(child, SIGSTOP), 0);
		CHECK_EQ(waitpid(child, status, WUNTRACED), child);
	} while (!WIFSTOPPED(*status));
	usleep(20000);
	CHECK_EQ(kill(child, SIGCONT), 0);
	CHECK_EQ(waitpid(child, status, 0), child);
	return now_ms() - begin;
}

int main(void)
{
	int status;

	CHECK_EQ(pipe(ends), 0);
	CHECK(stopped(sleeper, &status) >= 199);
	CHECK_EQ(status, 0);
	CHECK(stopped(poller, &status) >= 199);
	CHECK_EQ(status, 0);
	stopped(pauser, &status);
	CHECK_EQ(status, SIGALRM);
	PASS();
}
