/* Every number that is no system call gives ENOSYS. guest-only: on Linux most of them are calls. */
#include "test.h"

struct user_ptr;
#include <gen/syscalls.h>

static long call(unsigned long number)
{
	long result;

	__asm__ volatile(
		"xor %%edi, %%edi; xor %%esi, %%esi; xor %%edx, %%edx;"
		"xor %%r10d, %%r10d; xor %%r8d, %%r8d; xor %%r9d, %%r9d; syscall"
		: "=a"(result)
		: "a"(number)
		: "rdi", "rsi", "rdx", "r10", "r8", "r9", "rcx", "r11", "memory");
	return result;
}

static int is_call(unsigned long number)
{
#define CASE(value, name, function, full, count) case value:
	switch (number) {
	SYSCALL_TABLE(CASE)
		return 1;
	}
	return 0;
}

int main(void)
{
	static const unsigned long far[] = {0x52ff, 0x5301, 0x53ff, 0xffff, 0x40000000, 0x40000027,
		0x7fffffff, 0x80000000, 0xffffffff, 0x1000003ff, 0x1ffffffff, 0x7fffffffffffffff,
		0x80000000ffffffff, 0xfffffffffffffffe, 0xffffffffffffffff};
	unsigned long holes = 0;

	for (unsigned long number = 0; number < 65536; number++) {
		if (is_call(number))
			continue;
		CHECK_EQ(call(number), -ENOSYS);
		holes++;
	}
	CHECK(holes > 65000);
	for (size_t i = 0; i < sizeof(far) / sizeof(far[0]); i++)
		CHECK_EQ(call(far[i]), -ENOSYS);
	for (unsigned long i = 0, number = 1; i < 100000; i++) {
		number = number * 6364136223846793005 + 1442695040888963407;
		CHECK_EQ(call(number | 0x10000), -ENOSYS);
	}
	CHECK_EQ(call(39), getpid());
	PASS();
}
