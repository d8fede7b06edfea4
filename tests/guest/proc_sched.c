/* /proc/PID/stat: page faults, priority, nice value, CPU and policy are those that the calls tell. */
#define _GNU_SOURCE
#include "proc_stat.h"

#include <sys/resource.h>

static char text[2048];

/* Field number n, from 4 on. */
static long field(int n)
{
	CHECK(proc_text(getpid(), "stat", text, sizeof(text)) > 0);
	char *at = strrchr(text, ')') + 2;
	for (int i = 3; i < n; i++)
		at = strchr(at, ' ') + 1;
	return strtol(at, NULL, 10);
}

static void check_faults(void)
{
	struct rusage before, after;
	static char memory[64 * 4096];

	memset(memory, 1, sizeof(memory));
	CHECK_EQ(getrusage(RUSAGE_SELF, &before), 0);
	long faults = field(10);
	CHECK_EQ(getrusage(RUSAGE_SELF, &after), 0);
	CHECK(faults >= before.ru_minflt && faults <= after.ru_minflt);
	CHECK(faults >= 64 || before.ru_minflt < 64);
}

static void real_time(void)
{
	const struct sched_param parameter = { 7 };

	if (sched_setscheduler(0, SCHED_FIFO, &parameter) != 0)
		_exit(errno == EPERM ? 3 : 4);
	CHECK_EQ(field(18), -8);
	CHECK_EQ(field(40), 7);
	CHECK_EQ(field(41), SCHED_FIFO);
	_exit(3);
}

int main(void)
{
	cpu_set_t set;

	check_faults();
	int before = getpriority(PRIO_PROCESS, 0);
	CHECK_EQ(field(18), 20 + before);
	CHECK_EQ(field(19), before);
	CHECK_EQ(nice(5), before + 5 > 19 ? 19 : before + 5);
	CHECK_EQ(field(18), 20 + getpriority(PRIO_PROCESS, 0));
	CHECK_EQ(field(19), getpriority(PRIO_PROCESS, 0));
	/* Each CPU in turn that it may have. */
	CHECK(sched_getaffinity(0, sizeof(set), &set) >= 0);
	for (int cpu = 0; cpu < 64; cpu++) {
		cpu_set_t one;
		if (!CPU_ISSET(cpu, &set))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
		CHECK_EQ(field(39), cpu);
	}
	CHECK_EXIT(real_time, 3);
	PASS();
}
