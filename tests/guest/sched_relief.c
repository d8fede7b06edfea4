/* A thread of SCHED_FIFO that never lets go of its CPU does not keep others from it for ever: who can end it gets to it.
 * But it has the CPU until they have waited for long.
 * guest-only: it takes a CPU of the machine for a while. */
#define _GNU_SOURCE
#include <sched.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <time.h>

#include "test.h"

static const struct sched_param urgent = { .sched_priority = 50 };

static void check_ended(void)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(sched_setscheduler(0, SCHED_FIFO, &urgent), 0);
		for (;;)
			;
	}
	for (int i = 0; i < 3; i++)
		usleep(10000);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(wait(NULL), child);
}

static double seconds(clockid_t clock)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static void spin_for(double time)
{
	for (double end = seconds(CLOCK_PROCESS_CPUTIME_ID) + time; seconds(CLOCK_PROCESS_CPUTIME_ID) < end;)
		;
}

/* Another begins to wait only when one that is urgent has run for long. If it waited for long itself,
 * since the machine's own CPU was away, that says nothing: false then. */
static bool check_waits(void)
{
	double start;
	unsigned seen;
	bool valid;
	volatile unsigned *count = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int ends[2];
	char byte;

	CHECK(count != MAP_FAILED);
	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(read(ends[0], &byte, 1), 1);
		for (;;)
			(*count)++;
	}
	usleep(20000);
	CHECK_EQ(sched_setscheduler(0, SCHED_FIFO, &urgent), 0);
	spin_for(1.2);
	start = seconds(CLOCK_MONOTONIC);
	CHECK_EQ(write(ends[1], "", 1), 1);
	spin_for(0.1);
	seen = *count;
	valid = seen == 0 || seconds(CLOCK_MONOTONIC) - start < 0.5;
	if (valid)
		CHECK_EQ(seen, 0);
	CHECK_EQ(sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){ 0 }), 0);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(wait(NULL), child);
	return valid;
}

int main(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	check_ended();
	for (int i = 0; i < 10 && !check_waits(); i++)
		;
	PASS();
}
