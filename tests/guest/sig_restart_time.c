/* A sleep that goes on after a stop does not begin its time anew: the stop is a part of it. */
#include "proc_stat.h"

#include <time.h>

#define LIMIT	1000		/* seconds */
#define STOP_US	20000

static void handler(int signal)
{
	(void)signal;
}

/* What is left, in us. */
static long left_of_nanosleep(void)
{
	struct timespec time = { LIMIT, 0 }, left = { LIMIT, 0 };

	CHECK_ERRNO(nanosleep(&time, &left), EINTR);
	return left.tv_sec * 1000000 + left.tv_nsec / 1000;
}

static long left_of_clock_nanosleep(void)
{
	struct timespec time = { LIMIT, 0 }, left = { LIMIT, 0 };

	CHECK_EQ(clock_nanosleep(CLOCK_REALTIME, 0, &time, &left), EINTR);
	return left.tv_sec * 1000000 + left.tv_nsec / 1000;
}

static void try(long (*call)(void))
{
	struct sigaction action = { .sa_handler = handler };
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		sigaction(SIGUSR1, &action, NULL);
		long left = call();
		CHECK(left > 0);
		CHECK(left <= LIMIT * 1000000l - STOP_US);
		_exit(0);
	}
	proc_await(child, 'S');
	CHECK_EQ(kill(child, SIGSTOP), 0);
	CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
	CHECK_EQ(usleep(STOP_US), 0);
	CHECK_EQ(kill(child, SIGCONT), 0);
	proc_await(child, 'S');
	CHECK_EQ(kill(child, SIGUSR1), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

int main(void)
{
	try(left_of_nanosleep);
	try(left_of_clock_nanosleep);
	PASS();
}
