/* Blocked signals wait, are seen as pending, and come when they are unblocked, the lowest first; once each. */
#include "test.h"

#include <sys/syscall.h>

static volatile int order[16], count;

static void handler(int signal)
{
	order[count++] = signal;
}

int main(void)
{
	sigset_t all, old, pending;
	unsigned long bits;

	signal(SIGUSR1, handler);
	signal(SIGUSR2, handler);
	signal(SIGTERM, handler);
	sigemptyset(&all);
	sigaddset(&all, SIGUSR1);
	sigaddset(&all, SIGUSR2);
	sigaddset(&all, SIGTERM);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &all, &old), 0);
	for (int i = 0; i < 3; i++) {
		CHECK_EQ(kill(getpid(), SIGTERM), 0);
		CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	}
	CHECK_EQ(count, 0);
	CHECK_EQ(sigpending(&pending), 0);
	CHECK_EQ(sigismember(&pending, SIGUSR1), 1);
	CHECK_EQ(sigismember(&pending, SIGTERM), 1);
	CHECK_EQ(sigismember(&pending, SIGUSR2), 0);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &old, NULL), 0);
	CHECK_EQ(count, 2);
	/* Both frames are made at once: the later one runs first. */
	CHECK_EQ(order[0], SIGTERM);
	CHECK_EQ(order[1], SIGUSR1);

	/* To the thread goes before to the process. */
	count = 0;
	CHECK_EQ(sigprocmask(SIG_BLOCK, &all, &old), 0);
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	CHECK_EQ(raise(SIGUSR2), 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &old, NULL), 0);
	CHECK_EQ(count, 3);

	/* What is ignored is forgotten, also what is pending when that is said. */
	count = 0;
	CHECK_EQ(sigprocmask(SIG_BLOCK, &all, &old), 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK(signal(SIGUSR1, SIG_IGN) == handler);
	CHECK_EQ(sigpending(&pending), 0);
	CHECK_EQ(sigismember(&pending, SIGUSR1), 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(sigpending(&pending), 0);
	CHECK_EQ(sigismember(&pending, SIGUSR1), 1);	/* blocked: it may be handled later */
	CHECK_EQ(sigprocmask(SIG_SETMASK, &old, NULL), 0);
	CHECK_EQ(count, 0);

	/* What cannot be blocked is not. */
	sigfillset(&all);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &all, NULL), 0);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &old, &all), 0);
	CHECK_EQ(sigismember(&all, SIGKILL), 0);
	CHECK_EQ(sigismember(&all, SIGSTOP), 0);
	CHECK_EQ(sigismember(&all, SIGTERM), 1);

	CHECK_ERRNO(sigprocmask(7, &old, NULL), EINVAL);
	CHECK_EQ(sigprocmask(7, NULL, &old), 0);
	CHECK_ERRNO(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &bits, NULL, 4), EINVAL);
	CHECK_ERRNO(syscall(SYS_rt_sigprocmask, SIG_BLOCK, 8, NULL, 8), EFAULT);
	CHECK_ERRNO(syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, 8, 8), EFAULT);
	CHECK_ERRNO(syscall(SYS_rt_sigpending, &bits, 16), EINVAL);
	PASS();
}
