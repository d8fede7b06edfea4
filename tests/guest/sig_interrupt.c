/* siginterrupt and the waits that no SA_RESTART restarts: nanosleep says what is left. */
#include "clock.h"

#include <poll.h>
#include <sys/time.h>
#include <time.h>

static void handler(int signal)
{
	(void)signal;
}

int main(void)
{
	/* Again and again: one may come before the wait begins. */
	const struct itimerval alarms = { { 0, 20000 }, { 0, 20000 } };
	struct timespec time = { 1000, 0 }, left = { 0, 0 };
	int ends[2];
	char c;

	signal(SIGALRM, handler);	/* with SA_RESTART */
	CHECK_EQ(setitimer(ITIMER_REAL, &alarms, NULL), 0);
	double begin = now();
	CHECK_ERRNO(nanosleep(&time, &left), EINTR);
	CHECK(left.tv_sec < 1000 && left.tv_sec + left.tv_nsec / 1e9 >= 999.99 - (now() - begin));
	CHECK_ERRNO(poll(NULL, 0, 1000000), EINTR);
	begin = now();
	unsigned seconds = sleep(1000);
	CHECK(seconds <= 1000 && seconds >= 998 - (now() - begin));

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(siginterrupt(SIGALRM, 1), 0);
	CHECK_ERRNO(read(ends[0], &c, 1), EINTR);

	/* What has been written counts, also when the rest is interrupted. */
	static char much[200000];
	ssize_t written = write(ends[1], much, sizeof(much));
	CHECK(written > 0 && written < (ssize_t)sizeof(much));
	PASS();
}
