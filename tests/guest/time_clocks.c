/* The clocks: which there are, that they move forward, and how fine they are. */
#include "test.h"
#include <time.h>

static long long read_clock(int clock)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	CHECK(time.tv_nsec >= 0 && time.tv_nsec < 1000000000);
	return time.tv_sec * 1000000000ll + time.tv_nsec;
}

int main(void)
{
	struct timespec time;
	long long last = 0, start;

	for (int i = 0; i < 100000; i++) {
		long long at = read_clock(CLOCK_MONOTONIC);
		CHECK(at >= last);
		last = at;
	}
	for (int clock = 0; clock <= 7; clock++) {
		start = read_clock(clock);
		CHECK(read_clock(clock) >= start);
		CHECK_EQ(clock_getres(clock, &time), 0);
		CHECK(time.tv_sec == 0 && time.tv_nsec >= 1);
		CHECK_EQ(clock_getres(clock, NULL), 0);
	}
	CHECK(read_clock(CLOCK_REALTIME) > 946684800ll * 1000000000);
	/* CPU time passes when there is work, and not in sleep. */
	do {
		/* Not all the time: an emulated CPU may stand still while this process is on it, and be charged. */
		start = read_clock(CLOCK_PROCESS_CPUTIME_ID);
		usleep(100000);
	} while (read_clock(CLOCK_PROCESS_CPUTIME_ID) - start >= 80000000);
	start = read_clock(CLOCK_THREAD_CPUTIME_ID);
	while (read_clock(CLOCK_THREAD_CPUTIME_ID) - start < 20000000)
		;
	CHECK_ERRNO(clock_gettime(99, &time), EINVAL);
	CHECK_ERRNO(clock_getres(99, &time), EINVAL);
	CHECK_ERRNO(clock_gettime(1234567, NULL), EINVAL);
	PASS();
}
