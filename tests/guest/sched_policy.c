/* Scheduling policies: which there are, who may choose them, and that a thread of SCHED_FIFO keeps others from its CPU
 * for as long as it wants, but not for ever. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>

#include "clock.h"

static int set(int policy, int priority)
{
	struct sched_param param = { .sched_priority = priority };

	return syscall(SYS_sched_setscheduler, 0, policy, &param);
}

static int get_priority(void)
{
	struct sched_param param;

	CHECK_EQ(syscall(SYS_sched_getparam, 0, &param), 0);
	return param.sched_priority;
}

static void check_numbers(void)
{
	static const int none[] = { SCHED_OTHER, SCHED_BATCH, SCHED_IDLE };

	for (int i = 0; i < 3; i++) {
		CHECK_EQ(sched_get_priority_min(none[i]), 0);
		CHECK_EQ(sched_get_priority_max(none[i]), 0);
		CHECK_EQ(set(none[i], 0), 0);
		CHECK_EQ(syscall(SYS_sched_getscheduler, 0), none[i]);
		CHECK_ERRNO(set(none[i], 1), EINVAL);
	}
	CHECK_EQ(sched_get_priority_min(SCHED_FIFO), 1);
	CHECK_EQ(sched_get_priority_max(SCHED_RR), 99);
	CHECK_ERRNO(sched_get_priority_max(4), EINVAL);
	CHECK_ERRNO(sched_get_priority_min(-1), EINVAL);
}

static void check_errors(void)
{
	struct sched_param param = { .sched_priority = 1 };

	CHECK_ERRNO(set(4, 0), EINVAL);
	CHECK_ERRNO(set(-1, 0), EINVAL);
	CHECK_ERRNO(set(SCHED_FIFO, 0), EINVAL);
	CHECK_ERRNO(set(SCHED_RR, 100), EINVAL);
	CHECK_ERRNO(syscall(SYS_sched_setscheduler, -1, SCHED_OTHER, &param), EINVAL);
	CHECK_ERRNO(syscall(SYS_sched_setscheduler, 999999, SCHED_OTHER, &param), ESRCH);
	CHECK_ERRNO(syscall(SYS_sched_setscheduler, 0, SCHED_OTHER, NULL), EINVAL);
	CHECK_ERRNO(syscall(SYS_sched_setscheduler, 0, SCHED_OTHER, 8), EFAULT);
	CHECK_ERRNO(syscall(SYS_sched_setparam, 0, &param), EINVAL);
	CHECK_ERRNO(syscall(SYS_sched_getscheduler, 999999), ESRCH);
	CHECK_ERRNO(syscall(SYS_sched_getscheduler, -1), EINVAL);
	CHECK_ERRNO(syscall(SYS_sched_getparam, 0, NULL), EINVAL);
}

static void check_urgent(void)
{
	struct timespec interval;
	struct sched_param param = { .sched_priority = 9 };

	CHECK_EQ(set(SCHED_RR, 7), 0);
	CHECK_EQ(syscall(SYS_sched_getscheduler, 0), SCHED_RR);
	CHECK_EQ(get_priority(), 7);
	CHECK_EQ(syscall(SYS_sched_rr_get_interval, 0, &interval), 0);
	CHECK_EQ(interval.tv_nsec, 100000000);
	CHECK_EQ(syscall(SYS_sched_setparam, 0, &param), 0);
	CHECK_EQ(get_priority(), 9);
	CHECK_EQ(set(SCHED_FIFO | SCHED_RESET_ON_FORK, 5), 0);
	CHECK_EQ(syscall(SYS_sched_getscheduler, 0), SCHED_FIFO | SCHED_RESET_ON_FORK);
	CHECK_EQ(syscall(SYS_sched_rr_get_interval, 0, &interval), 0);
	CHECK_EQ(interval.tv_nsec, 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		_exit(syscall(SYS_sched_getscheduler, 0) != SCHED_OTHER || get_priority() != 0);
	int status;
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

static void check_rights(void)
{
	CHECK_EQ(setresuid(1000, 1000, 1000), 0);
	CHECK_ERRNO(set(SCHED_FIFO, 1), EPERM);
	CHECK_EQ(set(SCHED_BATCH, 0), 0);
	CHECK_EQ(set(SCHED_IDLE, 0), 0);
	CHECK_ERRNO(set(SCHED_OTHER, 0), EPERM);
}

static volatile unsigned long *shared;	/* what the child has counted; whether the other is at it */

/* Whether nobody counts while this thread is urgent, for 0.1 s. Who has waited for nearly a second gets a turn, which may
 * be at any time if the machine stood still in between: so if it took long, again. */
static bool has_cpu_alone(void)
{
	double begin;
	bool alone;

	do {
		CHECK_EQ(set(SCHED_OTHER, 0), 0);
		usleep(50000);
		begin = clock_seconds(CLOCK_MONOTONIC);
		CHECK_EQ(set(SCHED_FIFO, 3), 0);
		unsigned long before = shared[0];
		alone = true;
		for (double end = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) + 0.1; clock_seconds(CLOCK_PROCESS_CPUTIME_ID) < end;)
			alone &= shared[0] == before;
		/* Yielding is for equals. */
		sched_yield();
		alone &= shared[0] == before;
	} while (clock_seconds(CLOCK_MONOTONIC) - begin > 0.5);
	return alone;
}

static void check_exclusive(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		for (;;)
			shared[0]++;
	CHECK(has_cpu_alone());
	CHECK_EQ(set(SCHED_OTHER, 0), 0);
	unsigned long before = shared[0];
	while (shared[0] == before)
		sched_yield();
	kill(child, SIGKILL);
	CHECK_EQ(wait(NULL), child);
}

int main(void)
{
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	CHECK_EXIT(check_numbers, 0);
	CHECK_EXIT(check_errors, 0);
	CHECK_EXIT(check_urgent, 0);
	CHECK_EXIT(check_rights, 0);
	CHECK_EXIT(check_exclusive, 0);
	PASS();
}
