/* Nice values: who has which, and who may change them. */
#define _GNU_SOURCE
#include <limits.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "test.h"

static void check_calls(void)
{
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 0), 0);	/* whatever its starter's */
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 0);
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 3), 0);
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 3);
	CHECK_EQ(getpriority(PRIO_PROCESS, getpid()), 3);
	CHECK_EQ(syscall(SYS_getpriority, PRIO_PROCESS, 0), 17);
	CHECK_EQ(nice(4), 7);
	CHECK_EQ(nice(100), 19);
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 5), 0);
	errno = EXDEV;
	CHECK_EQ(nice(INT_MAX), 19);
	CHECK_EQ(nice(INT_MIN), -20);
	CHECK_EQ(nice(19), -1);
	CHECK_EQ(errno, EXDEV);
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

int main(void)
{
	CHECK_EXIT(check_calls, 0);
	CHECK_EXIT(check_group, 0);
	CHECK_EXIT(check_rights, 0);
	PASS();
}
