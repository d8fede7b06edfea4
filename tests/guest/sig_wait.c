/* Signals taken without handlers: sigwait, sigtimedwait; real-time ones queue. */
#include "test.h"

#include <sys/time.h>
#include <time.h>

static volatile int calls;

static void handler(int signal)
{
	(void)signal;
	calls++;
}

int main(void)
{
	struct timespec none = { 0, 0 }, little = { 0, 20000000 }, bad = { 0, -1 };
	const struct itimerval often = { { 0, 50000 }, { 0, 50000 } }, never = { 0 };
	sigset_t set;
	siginfo_t info;
	int signal_seen;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGRTMIN);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	CHECK_ERRNO(sigtimedwait(&set, &info, &none), EAGAIN);
	CHECK_ERRNO(sigtimedwait(&set, &info, &little), EAGAIN);
	CHECK_ERRNO(sigtimedwait(&set, &info, &bad), EINVAL);
	raise(SIGUSR1);
	CHECK_EQ(sigtimedwait(&set, &info, &none), SIGUSR1);
	CHECK_EQ(info.si_pid, getpid());
	CHECK_EQ(info.si_code, SI_TKILL);

	/* One that is ignored by default is waited for all the same. */
	pid_t child = fork();
	if (child == 0)
		_exit(5);
	CHECK_EQ(sigwaitinfo(&set, &info), SIGCHLD);
	CHECK_EQ(info.si_pid, child);
	CHECK_EQ(info.si_status, 5);
	CHECK_EQ(waitpid(child, NULL, 0), child);

	for (int i = 0; i < 3; i++)
		CHECK_EQ(kill(getpid(), SIGRTMIN), 0);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(sigtimedwait(&set, &info, &none), SIGRTMIN);
	CHECK_ERRNO(sigtimedwait(&set, &info, &none), EAGAIN);

	/* Another signal's handler ends it. One may come before it waits. */
	signal(SIGALRM, handler);
	CHECK_EQ(setitimer(ITIMER_REAL, &often, NULL), 0);
	CHECK_ERRNO(sigwaitinfo(&set, NULL), EINTR);
	CHECK_EQ(setitimer(ITIMER_REAL, &never, NULL), 0);
	CHECK(calls >= 1);
	raise(SIGUSR1);
	CHECK_EQ(sigwait(&set, &signal_seen), 0);
	CHECK_EQ(signal_seen, SIGUSR1);

	/* What is left when the process ends is no leak. */
	for (int i = 0; i < 40; i++)
		kill(getpid(), SIGRTMIN);
	PASS();
}
