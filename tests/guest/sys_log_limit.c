/* A program that faults again and again does not fill the log: ten such lines in a second, and how many there were besides.
 * guest-only: Linux may want a privilege to read the log, and has another limit */
#include "test.h"

#include <sys/klog.h>
#include <time.h>

#define READ_ALL	3
#define FAULTS		300
#define BURST		10

static char log[128 * 1024];
static volatile char *volatile touched = (char *)8;

static void fault(void)
{
	*touched = 1;
}

static void read_log(void)
{
	int length = klogctl(READ_ALL, log, sizeof(log) - 1);

	CHECK(length > 0);
	log[length] = 0;
}

static long count(const char *text)
{
	long found = 0;

	read_log();
	for (const char *at = log; (at = strstr(at, text)); at++)
		found++;
	return found;
}

int main(void)
{
	struct timespec begin, end;
	long lines, left_out = count("more like this suppressed");

	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &begin), 0);
	for (int i = 0; i < FAULTS; i++)
		CHECK_SIGNAL(fault, SIGSEGV);
	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &end), 0);
	lines = count("sys_log_limit[");
	CHECK(lines <= BURST * (end.tv_sec - begin.tv_sec + 2));

	/* The next that is told of tells of the others too. */
	while (count("more like this suppressed") == left_out)
		CHECK_SIGNAL(fault, SIGSEGV);
	CHECK(strstr(log, " more like this suppressed\n") != NULL);
	PASS();
}
