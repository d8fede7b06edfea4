/* The trap flag: one SIGTRAP for each instruction, until the handler takes it away. */
#include "test.h"

#include <ucontext.h>

static volatile int steps, code;

static void handler(int signal, siginfo_t *info, void *context)
{
	ucontext_t *registers = context;

	(void)signal;
	code = info->si_code;
	if (++steps == 5)
		registers->uc_mcontext.gregs[REG_EFL] &= ~0x100l;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };

	CHECK_EQ(sigaction(SIGTRAP, &action, NULL), 0);
	__asm__ volatile("pushf\n\torl $0x100, (%%rsp)\n\tpopf\n\t"
			 "nop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop\n\tnop" ::: "memory", "cc");
	CHECK_EQ(steps, 5);
	CHECK_EQ(code, TRAP_TRACE);
	PASS();
}
