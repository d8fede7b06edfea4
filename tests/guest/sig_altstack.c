/* Handlers on a stack of their own: that is how a stack overflow can be handled. */
#include "test.h"

#include <setjmp.h>
#include <stdint.h>
#include <sys/mman.h>

static char stack[65536] __attribute__((aligned(16)));
static sigjmp_buf back;
static volatile int on_it, flags_there, error_there;

static void handler(int signal)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	stack_t now, other = { .ss_sp = stack, .ss_size = sizeof(stack) };

	on_it = here > (uintptr_t)stack && here <= (uintptr_t)stack + sizeof(stack);
	CHECK_EQ(sigaltstack(NULL, &now), 0);
	flags_there = now.ss_flags;
	errno = 0;
	error_there = sigaltstack(&other, NULL) < 0 ? errno : 0;
	if (signal == SIGSEGV)
		siglongjmp(back, 1);
}

static volatile int depth_limit = 1 << 30;

static int overflow(int depth)
{
	volatile char room[4096];

	room[0] = depth;
	return depth < depth_limit ? overflow(depth + 1) + room[0] : 0;
}

int main(void)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_ONSTACK };
	stack_t new = { .ss_sp = stack, .ss_size = sizeof(stack) }, old;

	CHECK_EQ(sigaltstack(NULL, &old), 0);
	CHECK_EQ(old.ss_flags, SS_DISABLE);
	new.ss_size = MINSIGSTKSZ - 1;
	CHECK_ERRNO(sigaltstack(&new, NULL), ENOMEM);
	new.ss_size = sizeof(stack);
	new.ss_flags = 4;
	CHECK_ERRNO(sigaltstack(&new, NULL), EINVAL);
	new.ss_flags = 0;
	CHECK_EQ(sigaltstack(&new, NULL), 0);
	CHECK_EQ(sigaltstack(NULL, &old), 0);
	CHECK(old.ss_sp == stack && old.ss_size == sizeof(stack) && old.ss_flags == 0);

	CHECK_EQ(sigaction(SIGUSR1, &action, NULL), 0);
	raise(SIGUSR1);
	CHECK_EQ(on_it, 1);
	CHECK_EQ(flags_there, SS_ONSTACK);
	CHECK_EQ(error_there, EPERM);

	signal(SIGUSR2, handler);	/* without SA_ONSTACK */
	raise(SIGUSR2);
	CHECK_EQ(on_it, 0);

	CHECK_EQ(sigaction(SIGSEGV, &action, NULL), 0);
	on_it = 0;
	if (sigsetjmp(back, 1) == 0)
		CHECK(overflow(0) == 12345);
	CHECK_EQ(on_it, 1);

	/* Without one there is nowhere to tell it: the end. */
	new.ss_flags = SS_DISABLE;
	CHECK_EQ(sigaltstack(&new, NULL), 0);
	pid_t child = fork();
	if (child == 0)
		_exit(overflow(0));
	int status;
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status & 0x7f, SIGSEGV);
	PASS();
}
