/* alarm and setitimer: what is left, intervals, and that exec keeps an alarm and fork does not. */
#include "clock.h"

#include <sys/time.h>
#include <time.h>

static volatile int calls, code;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	calls++;
	code = info->si_code;
}

/* What is left of so many seconds is told in whole ones, the nearest, however long it took to ask. */
static void check_left(unsigned left, unsigned of, double begin)
{
	CHECK(left <= of && left >= of - 0.51 - (now() - begin));
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	struct itimerval timer = { { 0, 5000 }, { 0, 10000 } }, old, none = { { 0, 0 }, { 0, 0 } };
	sigset_t alarms;
	int status;

	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	if (argc > 1) {
		/* The alarm of before exec comes, or has come, and its handler is gone. */
		sigprocmask(SIG_UNBLOCK, &alarms, NULL);
		pause();
		return 1;
	}
	double begin = now();
	CHECK_EQ(alarm(100), 0);
	check_left(alarm(50), 100, begin);
	CHECK_EQ(getitimer(ITIMER_REAL, &old), 0);
	double left = old.it_value.tv_sec + old.it_value.tv_usec / 1e6;
	CHECK(left < 50 && left >= 49.99 - (now() - begin));
	CHECK_EQ(old.it_interval.tv_sec, 0);
	pid_t child = fork();
	if (child == 0)
		_exit(alarm(0));
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	check_left(alarm(0), 50, begin);
	CHECK_EQ(alarm(0), 0);

	CHECK_EQ(sigaction(SIGALRM, &action, NULL), 0);
	CHECK_EQ(setitimer(ITIMER_REAL, &timer, &old), 0);
	CHECK_EQ(old.it_value.tv_sec + old.it_value.tv_usec, 0);
	while (calls < 5)
		pause();
	CHECK_EQ(code, SI_KERNEL);
	CHECK_EQ(setitimer(ITIMER_REAL, &none, &old), 0);
	CHECK_EQ(old.it_interval.tv_usec, 5000);
	calls = 0;
	usleep(20000);
	CHECK_EQ(calls, 0);

	timer.it_value.tv_usec = 1000000;
	CHECK_ERRNO(setitimer(ITIMER_REAL, &timer, NULL), EINVAL);
	CHECK_ERRNO(setitimer(3, &none, NULL), EINVAL);
	CHECK_ERRNO(getitimer(3, &old), EINVAL);

	child = fork();
	if (child == 0) {
		sigprocmask(SIG_BLOCK, &alarms, NULL);
		alarm(1);
		execl(argv[0], argv[0], "again", NULL);
		_exit(2);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, SIGALRM);
	PASS();
}
