/* Programs that never let go of the CPU share it, with each other and with one that wakes up. */
#include "test.h"
#include <sys/resource.h>
#include <time.h>

static pid_t spinner(void)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		for (volatile unsigned long i = 0;; i++)
			;
	return child;
}

static double seconds_of(pid_t child)
{
	struct rusage usage;

	CHECK_EQ(wait4(child, NULL, 0, &usage), child);
	return usage.ru_utime.tv_sec + usage.ru_utime.tv_usec / 1e6;
}

int main(void)
{
	pid_t first = spinner(), second = spinner();

	/* Each wake-up of this process is a preemption of one of them. */
	for (int i = 0; i < 20; i++)
		usleep(20000);
	kill(first, SIGKILL);
	kill(second, SIGKILL);
	CHECK(seconds_of(first) > 0.05);
	CHECK(seconds_of(second) > 0.05);
	PASS();
}
