/* alarm and setitimer: what is left, intervals, and that exec keeps an alarm and fork does not. */
#include "test.h"

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

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	struct itimerval timer = { { 0, 5000 }, { 0, 10000 } }, old, none = { { 0, 0 }, { 0, 0 } };
	int status;

	if (argc > 1) {
		pause();	/* the alarm of before exec comes, and its handler is gone */
		return 1;
	}
	CHECK_EQ(alarm(100), 0);
	CHECK_EQ(alarm(50), 100);
	CHECK_EQ(getitimer(ITIMER_REAL, &old), 0);
	CHECK(old.it_value.tv_sec == 49 && old.it_interval.tv_sec == 0);
	pid_t child = fork();
	if (child == 0)
		_exit(alarm(0));
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK_EQ(alarm(0), 50);
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
		alarm(1);
		execl(argv[0], argv[0], "again", NULL);
		_exit(2);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, SIGALRM);
	PASS();
}
