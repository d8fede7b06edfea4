/* nanosleep: not shorter than asked for (not much longer: time_late), and its errors. */
#include "clock.h"
#include <time.h>

static void sleep_for(long ns)
{
	struct timespec time = { .tv_nsec = ns };
	double start = now();

	CHECK_EQ(nanosleep(&time, NULL), 0);
	CHECK(now() - start >= ns / 1e9);
}

static void check_error(time_t seconds, long ns, int error)
{
	struct timespec time = { .tv_sec = seconds, .tv_nsec = ns };

	CHECK_ERRNO(nanosleep(&time, NULL), error);
}

int main(void)
{
	struct timespec none = { 0 };

	CHECK_EQ(nanosleep(&none, &none), 0);
	sleep_for(1);
	sleep_for(1000000);
	sleep_for(50000000);
	check_error(-1, 0, EINVAL);
	check_error(0, -1, EINVAL);
	check_error(0, 1000000000, EINVAL);
	CHECK_ERRNO(nanosleep((void *)8, NULL), EFAULT);
	PASS();
}
