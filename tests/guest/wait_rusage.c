/* What wait4 says of a child's use of the machine. */
#include "test.h"
#include <sys/resource.h>
#include <time.h>

static double cpu_seconds(void)
{
	struct timespec now;

	CHECK_EQ(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
	return now.tv_sec + now.tv_nsec / 1e9;
}

int main(void)
{
	struct rusage usage;
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		volatile char *memory = malloc(1 << 20);
		for (int i = 0; i < 1 << 20; i += 4096)
			memory[i] = 1;
		while (cpu_seconds() < 0.1)
			;
		_exit(0);
	}
	CHECK_EQ(wait4(child, &status, 0, &usage), child);
	CHECK_EQ(status, 0);
	double used = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
		      (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	CHECK(used >= 0.09 && used < 20);
	CHECK(usage.ru_utime.tv_usec >= 0 && usage.ru_utime.tv_usec < 1000000);
	CHECK(usage.ru_maxrss >= 1024);
	CHECK(usage.ru_minflt >= 256);
	PASS();
}
