/* IRETQ and far RET to a segment that a program may not have: SIGSEGV, also where the emulator
 * reads their operands from the stack by the kernel's right, which SMAP refuses for ever. */
#include "mapping.h"

#define KERNEL_CS	0x10

static void return_from_interrupt(void)
{
	__asm__ volatile("lea 1f(%%rip), %%rax\n\t"
			 "mov %%rsp, %%rcx\n\t"
			 "push $0x2b\n\t"
			 "push %%rcx\n\t"
			 "push $2\n\t"
			 "push %0\n\t"
			 "push %%rax\n\t"
			 "iretq\n"
			 "1:"
			 : : "i"(KERNEL_CS) : "rax", "rcx", "memory");
}

static void return_far(void)
{
	__asm__ volatile("lea 1f(%%rip), %%rax\n\t"
			 "push %0\n\t"
			 "push %%rax\n\t"
			 "lretq\n"
			 "1:"
			 : : "i"(KERNEL_CS) : "rax", "memory");
}

int main(void)
{
	CHECK_SIGNAL(return_from_interrupt, SIGSEGV);
	CHECK_SIGNAL(return_far, SIGSEGV);
	PASS();
}
