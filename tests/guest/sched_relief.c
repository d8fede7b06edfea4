/* A thread of SCHED_FIFO that never lets go of its CPU does not keep others from it for ever: who can end it gets to it.
 * guest-only: it takes a CPU of the machine for a while. */
#define _GNU_SOURCE
#include <sched.h>

#include "test.h"

int main(void)
{
	struct sched_param param = { .sched_priority = 50 };
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(sched_setscheduler(0, SCHED_FIFO, &param), 0);
		for (;;)
			;
	}
	for (int i = 0; i < 3; i++)
		usleep(10000);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(wait(NULL), child);
	PASS();
}
