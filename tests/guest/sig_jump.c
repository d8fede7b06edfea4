/* siglongjmp gives the mask back if it was asked for, longjmp does not; abort ends whatever is set. */
#include "test.h"

#include <setjmp.h>

static sigjmp_buf with, without;
static volatile int aborts;

static int is_blocked(int signal)
{
	sigset_t now;

	CHECK_EQ(sigprocmask(SIG_BLOCK, NULL, &now), 0);
	return sigismember(&now, signal);
}

static void jump_with(int signal)
{
	siglongjmp(with, signal);
}

static void jump_without(int signal)
{
	siglongjmp(without, signal);
}

static void on_abort(int signal)
{
	aborts++;
	CHECK_EQ(is_blocked(signal), 1);
}

static void ignored(void)
{
	signal(SIGABRT, SIG_IGN);
	abort();
}

static void blocked(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	abort();
}

static void handled(void)
{
	signal(SIGABRT, on_abort);
	abort();
}

static void left(void)
{
	signal(SIGABRT, jump_with);
	if (sigsetjmp(with, 1) == 0)
		abort();
	_exit(9);
}

int main(void)
{
	sigset_t none;

	signal(SIGUSR1, jump_with);
	signal(SIGUSR2, jump_without);
	int value = sigsetjmp(with, 1);
	if (value == 0)
		raise(SIGUSR1);
	CHECK_EQ(value, SIGUSR1);
	CHECK_EQ(is_blocked(SIGUSR1), 0);
	value = sigsetjmp(without, 0);
	if (value == 0)
		raise(SIGUSR2);
	CHECK_EQ(value, SIGUSR2);
	CHECK_EQ(is_blocked(SIGUSR2), 1);
	sigemptyset(&none);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &none, NULL), 0);

	CHECK_SIGNAL(ignored, SIGABRT);
	CHECK_SIGNAL(blocked, SIGABRT);
	CHECK_SIGNAL(handled, SIGABRT);
	CHECK_EXIT(left, 9);
	PASS();
}
