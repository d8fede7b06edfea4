/* For tests that compare times: clocks, in seconds. */
#ifndef CLOCK_H
#define CLOCK_H

#include "test.h"

#include <time.h>

static double clock_seconds(clockid_t clock)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	return time.tv_sec + time.tv_nsec / 1e9;
}

__attribute__((unused))
static double now(void)
{
	return clock_seconds(CLOCK_MONOTONIC);
}

#endif
