/* A thread of SCHED_FIFO that never lets go of its CPU does not keep others from it for ever: who can end it gets to it.
 * But it has the CPU until they have waited for long.
 * guest-only: it takes a CPU of the machine for a while
 * counted: who stands still with an emulated CPU has waited for long, and gets it too soon */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mman.h>
#include <time.h>

#include "clock.h"

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
	usleep(10000);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(wait(NULL), child);
}

static void spin_for(double time)
{
	for (double end = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) + time; clock_seconds(CLOCK_PROCESS_CPUTIME_ID) < end;)
		for (volatile int i = 0; i < 50000; i++)
			;
}

/* Another begins to wait only when one that is urgent has run for long: it gets its turn after 0.95 s, and that is over
 * after 0.05. */
static void check_waits(void)
{
	unsigned seen;
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
	spin_for(1);
	CHECK_EQ(write(ends[1], "", 1), 1);
	spin_for(0.94);
	CHECK_EQ(*count, 0);
	spin_for(0.02);
	seen = *count;
	CHECK(seen > 0);
	spin_for(0.3);
	CHECK_EQ(*count, seen);
	CHECK_EQ(sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){ 0 }), 0);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(wait(NULL), child);
}

int main(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	check_ended();
	check_waits();
	PASS();
}
