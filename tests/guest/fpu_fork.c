/* fork gives the child the FPU state of the parent, and execve gives a program a fresh one. */
#include "test.h"

static unsigned get_mxcsr(void)
{
	unsigned value;

	__asm__ volatile("stmxcsr %0" : "=m"(value));
	return value;
}

static unsigned get_control(void)
{
	unsigned short value;

	__asm__ volatile("fnstcw %0" : "=m"(value));
	return value;
}

static unsigned get_tags(void)
{
	unsigned environment[7];

	__asm__ volatile("fnstenv %0; fldenv %0" : "=m"(environment));
	return environment[2] & 0xffff;
}

/* Registers as they were after the call that makes the child. */
static long fork_with_registers(unsigned long *xmm, double *x87)
{
	long result;

	__asm__ volatile("movq %3, %%xmm9; fldl %4\n\t"
			 "mov $57, %%eax; syscall\n\t"
			 "movq %%xmm9, %1; fstpl %2"
			 : "=&a"(result), "=m"(*xmm), "=m"(*x87)
			 : "r"(0x123456789abcdeful), "m"((double){ 2.5 })
			 : "rcx", "r11", "memory", "xmm9");
	return result;
}

int main(int argc, char **argv)
{
	unsigned dirty_mxcsr = 0x7f80;
	unsigned short dirty_control = 0x77f;
	unsigned long xmm = 0;
	double x87 = 0;
	int status;

	if (argc > 1) {
		/* Flags may have been raised since the start; the controls are fresh ones. */
		CHECK_EQ(get_mxcsr() & ~0x3fu, 0x1f80);
		CHECK_EQ(get_control(), 0x37f);
		CHECK_EQ(get_tags(), 0xffff);
		PASS();
	}
	long child = fork_with_registers(&xmm, &x87);
	CHECK(child >= 0);
	CHECK_EQ(xmm, 0x123456789abcdeful);
	CHECK(x87 == 2.5);
	if (child == 0)
		_exit(0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);

	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		__asm__ volatile("ldmxcsr %0; fldcw %1; fldpi; fld1"
				 : : "m"(dirty_mxcsr), "m"(dirty_control));
		execl(argv[0], argv[0], "fresh", (char *)NULL);
		_exit(111);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
