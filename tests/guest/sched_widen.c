/* A thread that waits for its CPU, and then may run on another one too that has nothing to do, soon runs there, also
 * while CPUs where it may not run are idle. */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mman.h>

#include "test.h"

static int cpus[CPU_SETSIZE], count;
static volatile int *where;	/* of each spinner, as it has seen itself last */

static void may_run(pid_t pid, int one, int other)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(one, &set);
	CPU_SET(other, &set);
	CHECK_EQ(sched_setaffinity(pid, sizeof(set), &set), 0);
}

static pid_t spinner(int which, int cpu)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		may_run(0, cpu, cpu);
		for (;;)
			where[which] = sched_getcpu();
	}
	while (where[which] != cpu)
		usleep(10000);
	return child;
}

int main(void)
{
	cpu_set_t all;

	where = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(where != MAP_FAILED);
	where[0] = where[1] = -1;
	CHECK_EQ(sched_getaffinity(0, sizeof(all), &all), 0);
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &all))
			cpus[count++] = cpu;
	/* This process sleeps on the first one, the spinners share the next. */
	int home = cpus[count > 2], last = cpus[count - 1];
	may_run(0, cpus[0], cpus[0]);
	pid_t first = spinner(0, home), second = spinner(1, home);

	may_run(second, home, last);
	while (where[1] != last)
		usleep(10000);
	kill(first, SIGKILL);
	kill(second, SIGKILL);
	CHECK(wait(NULL) > 0 && wait(NULL) > 0);
	PASS();
}
