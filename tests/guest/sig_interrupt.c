/* siginterrupt and the waits that no SA_RESTART restarts: nanosleep says what is left. */
#include "test.h"

#include <poll.h>
#include <sys/time.h>
#include <time.h>

static void handler(int signal)
{
	(void)signal;
}

static void alarm_in(long microseconds)
{
	struct itimerval timer = { { 0, 0 }, { 0, microseconds } };

	CHECK_EQ(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

int main(void)
{
	struct timespec time = { 5, 0 }, left = { 0, 0 };
	int ends[2];
	char c;

	signal(SIGALRM, handler);	/* with SA_RESTART */
	alarm_in(20000);
	CHECK_ERRNO(nanosleep(&time, &left), EINTR);
	CHECK(left.tv_sec == 4);
	alarm_in(20000);
	CHECK_ERRNO(poll(NULL, 0, 5000), EINTR);
	alarm_in(20000);
	CHECK_EQ(sleep(3) >= 2, 1);

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(siginterrupt(SIGALRM, 1), 0);
	alarm_in(20000);
	CHECK_ERRNO(read(ends[0], &c, 1), EINTR);

	/* What has been written counts, also when the rest is interrupted. */
	static char much[200000];
	alarm_in(50000);
	ssize_t written = write(ends[1], much, sizeof(much));
	CHECK(written > 0 && written < (ssize_t)sizeof(much));
	PASS();
}
