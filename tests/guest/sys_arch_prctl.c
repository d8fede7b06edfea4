/* arch_prctl: the bases of FS and GS, which stay with a process over switches and go to its child.
 */
#define _GNU_SOURCE
#include "test.h"
#include <sched.h>
#include <sys/syscall.h>

#define SET_GS	0x1001
#define SET_FS	0x1002
#define GET_FS	0x1003
#define GET_GS	0x1004

static unsigned long words[8] = { 100, 101, 102, 103, 104, 105, 106, 107 };

static unsigned long through_gs(void)
{
	unsigned long value;

	__asm__ volatile("mov %%gs:8, %0" : "=r"(value));
	return value;
}

static void child(void)
{
	CHECK_EQ(through_gs(), 101);
	CHECK_EQ(syscall(SYS_arch_prctl, SET_GS, &words[4]), 0);
	for (int i = 0; i < 100; i++) {
		CHECK_EQ(through_gs(), 105);
		sched_yield();
	}
}

int main(void)
{
	unsigned long base = 1, again;

	CHECK_EQ(syscall(SYS_arch_prctl, GET_GS, &base), 0);
	CHECK_EQ(base, 0);
	CHECK_EQ(syscall(SYS_arch_prctl, SET_GS, words), 0);
	CHECK_EQ(syscall(SYS_arch_prctl, GET_GS, &base), 0);
	CHECK_EQ(base, words);
	CHECK_EQ(through_gs(), 101);
	pid_t other = fork();
	if (other == 0) {
		child();
		_exit(0);
	}
	for (int i = 0; i < 100; i++) {
		CHECK_EQ(through_gs(), 101);
		sched_yield();
	}
	int status;
	CHECK_EQ(waitpid(other, &status, 0), other);
	CHECK_EQ(status, 0);
	CHECK_EQ(through_gs(), 101);

	CHECK_EQ(syscall(SYS_arch_prctl, GET_FS, &base), 0);
	CHECK(base != 0);
	CHECK_EQ(syscall(SYS_arch_prctl, SET_FS, base), 0);
	CHECK_EQ(syscall(SYS_arch_prctl, GET_FS, &again), 0);
	CHECK_EQ(again, base);
	CHECK_ERRNO(syscall(SYS_arch_prctl, SET_GS, 0x800000000000), EPERM);
	CHECK_ERRNO(syscall(SYS_arch_prctl, SET_FS, 0xffffffff80000000), EPERM);
	CHECK_ERRNO(syscall(SYS_arch_prctl, SET_GS, 0x7ffffffff000), EPERM);
	CHECK_ERRNO(syscall(SYS_arch_prctl, GET_FS, 8), EFAULT);
	CHECK_ERRNO(syscall(SYS_arch_prctl, 0x999, 0), EINVAL);
	PASS();
}
