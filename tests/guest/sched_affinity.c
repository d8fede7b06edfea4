/* A thread runs where its set of CPUs says, from the return of the call on; another one soon. Children have the same
 * set. */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "test.h"

static cpu_set_t all;
static volatile int *where;

static int processors_in_proc(void)
{
	FILE *file = fopen("/proc/cpuinfo", "r");
	char line[4096];
	int count = 0;

	CHECK(file != NULL);
	while (fgets(line, sizeof(line), file))
		count += strncmp(line, "processor\t:", 11) == 0;
	fclose(file);
	return count;
}

static void check_errors(void)
{
	cpu_set_t none;
	char bytes[sizeof(all)];

	CPU_ZERO(&none);
	CHECK_ERRNO(sched_setaffinity(0, sizeof(none), &none), EINVAL);
	CHECK_ERRNO(sched_setaffinity(0, 0, &all), EINVAL);
	CHECK_ERRNO(sched_setaffinity(999999, sizeof(all), &all), ESRCH);
	CHECK_ERRNO(sched_setaffinity(0, sizeof(all), (void *)8), EFAULT);
	CHECK_ERRNO(syscall(SYS_sched_getaffinity, 0, 7, bytes), EINVAL);
	CHECK_ERRNO(syscall(SYS_sched_getaffinity, 0, 0, bytes), EINVAL);
	CHECK_ERRNO(syscall(SYS_sched_getaffinity, 999999, sizeof(all), bytes), ESRCH);
	CHECK_ERRNO(syscall(SYS_sched_getaffinity, 0, sizeof(all), 8), EFAULT);
	/* As many bytes as the kernel has CPUs for. */
	long size = syscall(SYS_sched_getaffinity, 0, sizeof(all), &none);
	CHECK(size >= 8 && size % 8 == 0);
}

static void only(pid_t pid, int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	CHECK_EQ(sched_setaffinity(pid, sizeof(set), &set), 0);
	CHECK_EQ(sched_getaffinity(pid, sizeof(set), &set), 0);
	CHECK_EQ(CPU_COUNT(&set), 1);
	CHECK(CPU_ISSET(cpu, &set));
}

static void check_child(void)
{
	cpu_set_t set;

	CHECK_EQ(sched_getaffinity(0, sizeof(set), &set), 0);
	CHECK_EQ(CPU_COUNT(&set), 1);
	CHECK(CPU_ISSET(*where, &set));
	CHECK_EQ(sched_getcpu(), *where);
}

/* A process that never enters the kernel of its own accord but to say where it is. */
static void check_other(void)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		for (;;) {
			for (volatile int i = 0; i < 20000; i++)
				;
			*where = sched_getcpu();
		}
	for (int round = 0; round < 20; round++)
		for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
			if (!CPU_ISSET(cpu, &all))
				continue;
			only(child, cpu);
			while (*where != cpu)
				sched_yield();
		}
	kill(child, SIGKILL);
	CHECK_EQ(wait(NULL), child);
}

int main(void)
{
	where = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(where != MAP_FAILED);
	CHECK_EQ(sched_getaffinity(0, sizeof(all), &all), 0);
	CHECK(CPU_COUNT(&all) >= 1);
	CHECK_EQ(CPU_COUNT(&all), sysconf(_SC_NPROCESSORS_ONLN));
	check_errors();
	CHECK(processors_in_proc() >= CPU_COUNT(&all));
	for (int round = 0; round < 20; round++)
		for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
			if (!CPU_ISSET(cpu, &all))
				continue;
			only(0, cpu);
			CHECK_EQ(sched_getcpu(), cpu);
			*where = cpu;
			CHECK_EXIT(check_child, 0);
		}
	CHECK_EQ(sched_setaffinity(0, sizeof(all), &all), 0);
	check_other();
	PASS();
}
