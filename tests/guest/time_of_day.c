/* gettimeofday and time, the calls themselves, agree with the clock. */
#define _GNU_SOURCE
#include "test.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

static double clock_seconds(void)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(CLOCK_REALTIME, &time), 0);
	return time.tv_sec + time.tv_nsec / 1e9;
}

int main(void)
{
	struct timeval day = { -1, -1 };
	struct { int minuteswest, dsttime; } zone = { 77, 77 };
	time_t stored = -1;

	double before = clock_seconds();
	CHECK_EQ(syscall(SYS_gettimeofday, &day, &zone), 0);
	double given = day.tv_sec + day.tv_usec / 1e6;
	CHECK(given >= before - 0.001 && given <= clock_seconds() + 0.001);
	CHECK(day.tv_usec >= 0 && day.tv_usec < 1000000);
	CHECK_EQ(zone.minuteswest, 0);
	CHECK_EQ(zone.dsttime, 0);
	CHECK_EQ(syscall(SYS_gettimeofday, NULL, NULL), 0);
	CHECK_ERRNO(syscall(SYS_gettimeofday, (void *)8, NULL), EFAULT);
	CHECK_ERRNO(syscall(SYS_gettimeofday, NULL, (void *)8), EFAULT);

	time_t seconds = syscall(SYS_time, &stored);
	CHECK_EQ(seconds, stored);
	CHECK(seconds >= (time_t)before - 1 && seconds <= clock_seconds() + 1);
	CHECK(syscall(SYS_time, NULL) >= seconds);
	CHECK_ERRNO(syscall(SYS_time, (void *)8), EFAULT);
	PASS();
}
