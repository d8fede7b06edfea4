/* What a program does wrong ends it with the signal that Linux sends for it, and harms nobody else.
 * SSE exceptions are not among it: QEMU's TCG does not raise them. */
#include "test.h"

static volatile int zero;
static int data = 1;
static const int constant = 1;

static void divide(void)
{
	__asm__ volatile("xor %%edx, %%edx; mov $1, %%eax; divl %0" : : "m"(zero) : "eax", "edx");
}

static void divide_overflow(void)
{
	__asm__ volatile("mov $-0x80000000, %%eax; cdq; idivl %0" : : "r"(-1) : "eax", "edx");
}

static void undefined(void)
{
	__asm__ volatile("ud2");
}

static void privileged(void)
{
	__asm__ volatile("hlt");
}

static void port(void)
{
	__asm__ volatile("outb %%al, $0x80" : : "a"(0));
}

static void breakpoint(void)
{
	__asm__ volatile("int3");
}

static void bad_interrupt(void)
{
	__asm__ volatile("int $0x30");
}

static void single_step(void)
{
	__asm__ volatile("pushfq; orl $0x100, (%%rsp); popfq; nop; nop" : : : "memory", "cc");
}

static void read_at(unsigned long address)
{
	__asm__ volatile("movb (%0), %%al" : : "r"(address) : "rax", "memory");
}

static void write_at(unsigned long address)
{
	__asm__ volatile("movb $0, (%0)" : : "r"(address) : "memory");
}

static void jump_to(unsigned long address)
{
	__asm__ volatile("jmp *%0" : : "r"(address));
}

static void null_read(void)
{
	read_at(0);
}

static void null_write(void)
{
	write_at(8);
}

static void null_jump(void)
{
	jump_to(0);
}

static void kernel_read(void)
{
	read_at(0xffffffff80100000);
}

static void kernel_write(void)
{
	write_at(0xffff800000001000);
}

static void kernel_jump(void)
{
	jump_to(0xffffffff80100000);
}

static void non_canonical(void)
{
	read_at(0x8000000000000000);
}

static void end_of_user(void)
{
	read_at(0x7ffffffff000);
}

static void constant_write(void)
{
	write_at((unsigned long)&constant);
}

static void code_write(void)
{
	write_at((unsigned long)code_write);
}

static void data_jump(void)
{
	jump_to((unsigned long)&data);
}

static void x87_exception(void)
{
	unsigned short control = 0x37b;	/* division by zero not masked */

	__asm__ volatile("fninit; fldcw %0; fld1; fldz; fdivrp; fwait" : : "m"(control));
}

int main(void)
{
	CHECK_SIGNAL(divide, SIGFPE);
	CHECK_SIGNAL(divide_overflow, SIGFPE);
	CHECK_SIGNAL(undefined, SIGILL);
	CHECK_SIGNAL(privileged, SIGSEGV);
	CHECK_SIGNAL(port, SIGSEGV);
	CHECK_SIGNAL(breakpoint, SIGTRAP);
	CHECK_SIGNAL(bad_interrupt, SIGSEGV);
	CHECK_SIGNAL(single_step, SIGTRAP);
	CHECK_SIGNAL(null_read, SIGSEGV);
	CHECK_SIGNAL(null_write, SIGSEGV);
	CHECK_SIGNAL(null_jump, SIGSEGV);
	CHECK_SIGNAL(kernel_read, SIGSEGV);
	CHECK_SIGNAL(kernel_write, SIGSEGV);
	CHECK_SIGNAL(kernel_jump, SIGSEGV);
	CHECK_SIGNAL(non_canonical, SIGSEGV);
	CHECK_SIGNAL(end_of_user, SIGSEGV);
	CHECK_SIGNAL(constant_write, SIGSEGV);
	CHECK_SIGNAL(code_write, SIGSEGV);
	CHECK_SIGNAL(data_jump, SIGSEGV);
	CHECK_SIGNAL(x87_exception, SIGFPE);
	CHECK_EQ(data, 1);
	PASS();
}
