/* The number of a system call is the low half of rax, whatever the high half holds. */
#include "test.h"
#include <sys/syscall.h>

static long call(unsigned long number, unsigned long a, unsigned long b, unsigned long c)
{
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return result;
}

#define HIGH(n)	((unsigned long)(n) << 32)

int main(void)
{
	static const unsigned high[] = { 1, 0xdeadbeef, 0x7fffffff, 0x80000000, 0xffffffff };

	for (size_t i = 0; i < sizeof(high) / sizeof(high[0]); i++) {
		CHECK_EQ(call(HIGH(high[i]) | SYS_getpid, 0, 0, 0), getpid());
		CHECK_EQ(call(HIGH(high[i]) | SYS_write, -1, 0, 0), -EBADF);
		/* A call that sees all registers. */
		CHECK_EQ(call(HIGH(high[i]) | SYS_execve, 8, 0, 0), -EFAULT);
		CHECK_EQ(call(HIGH(high[i]) | 511, 0, 0, 0), -ENOSYS);
		CHECK_EQ(call(HIGH(high[i]) | 0xffffffff, 0, 0, 0), -ENOSYS);
		CHECK_EQ(call(HIGH(high[i]) | 0x80000000 | SYS_getpid, 0, 0, 0), -ENOSYS);
	}
	PASS();
}
