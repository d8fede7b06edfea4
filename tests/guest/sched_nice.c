/* Nice values: who has which, who may change them, and that programs on one CPU get shares by them. */
#define _GNU_SOURCE
#include <limits.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>

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

/* What each has done. Not its time: that goes on while an emulated CPU stands still. */
static volatile unsigned long *rounds;

static pid_t spinner(int which, int nice_value)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(setpriority(PRIO_PROCESS, 0, nice_value), 0);
		for (;;)
			rounds[which]++;
	}
	return child;
}

/* 1.25 to the fifth is 3.05, to the fourteenth 22.7. */
static int shares_are_right(void)
{
	unsigned long most = rounds[0], less = rounds[1], least = rounds[2];

	return most > 2.5 * less && most < 3.7 * less && less > 10 * least && less < 45 * least;
}

/* While an emulated CPU stands still, the time of whoever is on it goes by. The longer they run, the less that weighs;
 * shares that are wrong come no nearer. */
static void check_shares(void)
{
	pid_t children[3];
	cpu_set_t one;
	int looks = 0;

	rounds = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(rounds != MAP_FAILED);
	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	children[0] = spinner(0, 0);
	children[1] = spinner(1, 5);
	children[2] = spinner(2, 19);
	do
		sleep(1);
	while (!shares_are_right() && ++looks < 10);
	for (int i = 0; i < 3; i++) {
		kill(children[i], SIGKILL);
		CHECK_EQ(waitpid(children[i], NULL, 0), children[i]);
	}
	if (looks == 10)
		test_fail(__FILE__, __LINE__, "nice 0: %lu rounds, 5: %lu, 19: %lu", rounds[0],
			rounds[1], rounds[2]);
}

int main(void)
{
	CHECK_EXIT(check_calls, 0);
	CHECK_EXIT(check_group, 0);
	CHECK_EXIT(check_rights, 0);
	CHECK_EXIT(check_shares, 0);
	PASS();
}
