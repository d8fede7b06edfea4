/* A read that a handler interrupts is EINTR, or goes on with SA_RESTART; so is wait. */
#include "test.h"

#include <sys/time.h>

static volatile int calls, answers;
static int ends[2];

static void handler(int signal)
{
	(void)signal;
	/* The second time there is something to read. Alarms come again and again: one may be too early. */
	if (++calls == 2 && answers)
		CHECK_EQ(write(ends[1], "x", 1), 1);
}

static void alarms(int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	struct itimerval timer = { { 0, 20000 }, { 0, 20000 } };

	calls = 0;
	CHECK_EQ(sigaction(SIGALRM, &action, NULL), 0);
	CHECK_EQ(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static void stop_alarms(void)
{
	struct itimerval none = { { 0, 0 }, { 0, 0 } };

	CHECK_EQ(setitimer(ITIMER_REAL, &none, NULL), 0);
}

int main(void)
{
	int status;
	char c;

	CHECK_EQ(pipe(ends), 0);
	alarms(0);
	CHECK_ERRNO(read(ends[0], &c, 1), EINTR);
	stop_alarms();
	CHECK(calls >= 1);

	answers = 1;
	alarms(SA_RESTART);
	CHECK_EQ(read(ends[0], &c, 1), 1);
	stop_alarms();
	CHECK(calls >= 2);
	answers = 0;

	pid_t child = fork();
	if (child == 0) {
		close(ends[1]);
		_exit(read(ends[0], &c, 1) == 0 ? 3 : 4);
	}
	alarms(0);
	CHECK_ERRNO(waitpid(child, &status, 0), EINTR);
	stop_alarms();
	CHECK_EQ(close(ends[1]), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 3 << 8);
	PASS();
}
