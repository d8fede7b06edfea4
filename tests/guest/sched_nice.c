/* Nice values: who has which, who may change them, and that programs on one CPU get shares by them. */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>

#include "test.h"

static void check_calls(void)
{
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 0);
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 3), 0);
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 3);
	CHECK_EQ(getpriority(PRIO_PROCESS, getpid()), 3);
	CHECK_EQ(syscall(SYS_getpriority, PRIO_PROCESS, 0), 17);
	CHECK_EQ(nice(4), 7);
	CHECK_EQ(nice(100), 19);
	CHECK_ERRNO(getpriority(PRIO_PROCESS, 999999), ESRCH);
	CHECK_ERRNO(setpriority(PRIO_PROCESS, 999999, 0), ESRCH);
	CHECK_ERRNO(getpriority(PRIO_USER + 1, 0), EINVAL);
	CHECK_ERRNO(setpriority(-1, 0, 0), EINVAL);
	CHECK_ERRNO(setpriority(PRIO_USER, 999999, 0), ESRCH);
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, -100), 0);
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), -20);
}

static void check_group(void)
{
	CHECK_EQ(setpgid(0, 0), 0);
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 5), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(getpriority(PRIO_PROCESS, 0), 5);
		CHECK_EQ(setpriority(PRIO_PROCESS, 0, 2), 0);
		CHECK_EQ(getpriority(PRIO_PGRP, 0), 2);		/* the lowest */
		CHECK_EQ(setpriority(PRIO_PGRP, 0, 9), 0);
		CHECK_EQ(getpriority(PRIO_PROCESS, getppid()), 9);
		_exit(0);
	}
	int status;
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 9);
}

static void check_rights(void)
{
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 1), 0);
	CHECK_EQ(setresuid(1000, 1000, 1000), 0);
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 4), 0);
	CHECK_ERRNO(setpriority(PRIO_PROCESS, 0, 3), EACCES);
	CHECK_ERRNO(nice(-1), EPERM);
	CHECK_ERRNO(setpriority(PRIO_PROCESS, getppid(), 10), EPERM);
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 4);
}

static pid_t spinner(int nice_value)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(setpriority(PRIO_PROCESS, 0, nice_value), 0);
		for (;;)
			;
	}
	return child;
}

static double seconds_of(pid_t child)
{
	struct rusage usage;

	kill(child, SIGKILL);
	CHECK_EQ(wait4(child, NULL, 0, &usage), child);
	return usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6 +
		usage.ru_stime.tv_sec + usage.ru_stime.tv_usec / 1e6;
}

/* 1.25 to the fifth is 3.05. */
static void check_shares(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	pid_t first = spinner(0), second = spinner(5), last = spinner(19);
	sleep(1);
	double most = seconds_of(first), less = seconds_of(second), least = seconds_of(last);
	if (most < 2 * less || most > 4.5 * less)
		test_fail(__FILE__, __LINE__, "nice 0: %d ms, 5: %d ms", (int)(most * 1000),
			(int)(less * 1000));
	CHECK(least * 5 < less);
}

int main(void)
{
	CHECK_EXIT(check_calls, 0);
	CHECK_EXIT(check_group, 0);
	CHECK_EXIT(check_rights, 0);
	CHECK_EXIT(check_shares, 0);
	PASS();
}
