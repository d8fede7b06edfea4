/* A fault whose signal is blocked or ignored ends the process; so does one in its own handler. */
#include "test.h"

static void touch(void)
{
	static volatile unsigned long place = 8;

	*(volatile char *)place = 1;
}

static void blocked(void)
{
	sigset_t set;

	sigfillset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	touch();
}

static void ignored(void)
{
	signal(SIGSEGV, SIG_IGN);
	touch();
}

static void again(int signal)
{
	(void)signal;
	touch();
}

static void in_handler(void)
{
	signal(SIGSEGV, again);
	touch();
}

/* A handler that only returns meets the same instruction again. */
static volatile int calls;

static void returns(int signal)
{
	(void)signal;
	if (++calls == 3)
		_exit(3);
}

static void repeated(void)
{
	signal(SIGSEGV, returns);
	touch();
}

/* Nowhere to put the frame: the stack is gone. */
static void no_stack(void)
{
	signal(SIGSEGV, returns);
	signal(SIGUSR1, returns);
	__asm__ volatile("mov $0x1000, %%rsp\n\tmov %0, %%edi\n\tmov $10, %%esi\n\tmov $62, %%eax\n\tsyscall"
			 : : "r"(getpid()) : "memory");
}

/* A handler at which nothing can run. */
static void bad_handler(void)
{
	signal(SIGUSR1, (void (*)(int))0x8000000000000000);
	raise(SIGUSR1);
}

/* The kernel is not told where handlers return. */
static void no_restorer(void)
{
	unsigned long action[4] = { (unsigned long)returns, 0, 0, 0 };

	syscall(13, SIGUSR1, action, NULL, 8);
	raise(SIGUSR1);
}

int main(void)
{
	CHECK_SIGNAL(blocked, SIGSEGV);
	CHECK_SIGNAL(ignored, SIGSEGV);
	CHECK_SIGNAL(in_handler, SIGSEGV);
	CHECK_EXIT(repeated, 3);
	CHECK_SIGNAL(no_stack, SIGSEGV);
	CHECK_SIGNAL(bad_handler, SIGSEGV);
	CHECK_SIGNAL(no_restorer, SIGSEGV);
	PASS();
}
