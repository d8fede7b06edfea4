/* A forged signal frame ends its process by SIGSEGV, and nothing else. */
#include "test.h"

#include <stdint.h>
#include <ucontext.h>

static void (*forge)(ucontext_t *);

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)info;
	forge(context);
}

static void run(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };

	sigaction(SIGUSR1, &action, NULL);
	raise(SIGUSR1);
}

static void bad_rip(ucontext_t *c) { c->uc_mcontext.gregs[REG_RIP] = 0x800000000000; }
static void far_rip(ucontext_t *c) { c->uc_mcontext.gregs[REG_RIP] = (greg_t)0x8000000000000000; }
static void kernel_rip(ucontext_t *c) { c->uc_mcontext.gregs[REG_RIP] = (greg_t)0xffffffff80000000; }
static void kernel_cs(ucontext_t *c) { c->uc_mcontext.gregs[REG_CSGSFS] = 0x002b000000000010; }
static void null_cs(ucontext_t *c) { c->uc_mcontext.gregs[REG_CSGSFS] = 0x002b000000000000; }
static void bad_ss(ucontext_t *c) { c->uc_mcontext.gregs[REG_CSGSFS] = 0x0018000000000033; }
static void mxcsr(ucontext_t *c) { c->uc_mcontext.fpregs->mxcsr = 0xffffffff; }
static void no_fpstate(ucontext_t *c) { c->uc_mcontext.fpregs = (void *)0x10; }
static void kernel_fpstate(ucontext_t *c) { c->uc_mcontext.fpregs = (void *)0xffffffff80000000; }

/* Return with a stack pointer at which there is nothing. */
static void bad_stack(void)
{
	__asm__ volatile("mov $0x10, %%rsp\n\tmov $15, %%eax\n\tsyscall" ::: "memory");
}

static void kernel_stack(void)
{
	__asm__ volatile("mov $0xffffffff80000000, %%rsp\n\tmov $15, %%eax\n\tsyscall" ::: "memory");
}

/* Flags that no program may have are not taken, and do no harm. */
static void all_flags(ucontext_t *c)
{
	c->uc_mcontext.gregs[REG_EFL] |= 0x3000 | 0x4000 | 0x20000 | 0x80000 | 0x100000;
}

static void flags_survive(void)
{
	unsigned long flags;

	forge = all_flags;
	run();
	__asm__ volatile("pushf\n\tpop %0" : "=r"(flags));
	CHECK_EQ(flags & (0x3000 | 0x4000 | 0x20000 | 0x180000), 0);
	CHECK(flags & 0x200);
}

int main(void)
{
	static void (*const all[])(ucontext_t *) = {
		bad_rip, far_rip, kernel_rip, kernel_cs, null_cs, bad_ss, mxcsr, no_fpstate,
		kernel_fpstate,
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		forge = all[i];
		int status = child_status(run);
		if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSEGV)
			test_fail(__FILE__, __LINE__, "forgery %d ends with status 0x%x", (int)i, status);
	}
	CHECK_SIGNAL(bad_stack, SIGSEGV);
	CHECK_SIGNAL(kernel_stack, SIGSEGV);
	CHECK_EXIT(flags_survive, 0);
	PASS();
}
