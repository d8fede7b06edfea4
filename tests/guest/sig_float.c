/* Floating-point exceptions that a program unmasks are SIGFPE with their code; a handler has fresh FPU registers, and those
 * of the program come back. */
#include "test.h"

#include <setjmp.h>
#include <ucontext.h>

static sigjmp_buf back;
static volatile int code;
static volatile unsigned handler_mxcsr;

static unsigned get_mxcsr(void)
{
	unsigned value;

	__asm__ volatile("stmxcsr %0" : "=m"(value));
	return value;
}

static void set_mxcsr(unsigned value)
{
	__asm__ volatile("ldmxcsr %0" : : "m"(value));
}

static void on_fpe(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	code = info->si_code;
	siglongjmp(back, 1);
}

static void on_usr(int signal)
{
	(void)signal;
	handler_mxcsr = get_mxcsr();
	__asm__ volatile("pxor %%xmm7, %%xmm7" ::: "xmm7");
}

/* The exception comes with the instruction after the one that raises it. */
#define X87(control_word, instructions, expected)					\
	do {										\
		unsigned short control = control_word;					\
		code = -1;								\
		if (sigsetjmp(back, 1) == 0) {						\
			__asm__ volatile("fninit\n\tfldcw %0\n\t" instructions "\n\tfwait" : : "m"(control)); \
			test_fail(__FILE__, __LINE__, "no exception");			\
		}									\
		__asm__ volatile("fninit");						\
		CHECK_EQ(code, expected);						\
	} while (0)

int main(void)
{
	struct sigaction action = { .sa_sigaction = on_fpe, .sa_flags = SA_SIGINFO };
	unsigned long before = 0x123456789abcdef, after;

	CHECK_EQ(sigaction(SIGFPE, &action, NULL), 0);
	X87(0x37b, "fld1\n\tfldz\n\tfdivrp", FPE_FLTDIV);
	X87(0x37e, "fldz\n\tfldz\n\tfdivrp", FPE_FLTINV);
	X87(0x35f, "fld1\n\tfldpi\n\tfdivrp", FPE_FLTRES);

	signal(SIGUSR1, on_usr);
	set_mxcsr(0x5f80);
	pid_t self = getpid();
	long result = 234;
	__asm__ volatile("movq %2, %%xmm7\n\tsyscall\n\tmovq %%xmm7, %1"
			 : "+a"(result), "=&b"(after)
			 : "r"(before), "D"(self), "S"(self), "d"(SIGUSR1)
			 : "rcx", "r11", "xmm7", "memory");
	CHECK_EQ(result, 0);
	CHECK_EQ(after, before);
	CHECK_EQ(get_mxcsr(), 0x5f80);
	CHECK_EQ(handler_mxcsr, 0x1f80);
	PASS();
}
