/* clock_nanosleep: for a time and until a time, on either clock (not much longer: time_late), and its errors. */
#include "test.h"

#include <sys/syscall.h>
#include <time.h>

static double now(clockid_t clock)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static struct timespec time_of(double seconds)
{
	return (struct timespec){ (time_t)seconds, (seconds - (time_t)seconds) * 1e9 };
}

static void check_clock(clockid_t clock)
{
	struct timespec time = time_of(0.02), left = { 77, 77 };
	double start = now(clock);

	CHECK_EQ(clock_nanosleep(clock, 0, &time, &left), 0);
	CHECK(now(clock) - start >= 0.019);
	CHECK(left.tv_sec == 77);

	start = now(clock);
	time = time_of(start + 0.03);
	CHECK_EQ(clock_nanosleep(clock, TIMER_ABSTIME, &time, NULL), 0);
	CHECK(now(clock) - start >= 0.029);

	/* What is over is over. */
	start = now(clock);
	time = time_of(start / 2);
	CHECK_EQ(clock_nanosleep(clock, TIMER_ABSTIME, &time, NULL), 0);
	time = time_of(0);
	CHECK_EQ(clock_nanosleep(clock, TIMER_ABSTIME, &time, NULL), 0);
	CHECK_EQ(clock_nanosleep(clock, 0, &time, NULL), 0);
}

static int sleep_result(clockid_t clock, time_t seconds, long ns)
{
	struct timespec time = { seconds, ns };

	errno = 0;
	int result = clock_nanosleep(clock, TIMER_ABSTIME, &time, NULL);
	CHECK_EQ(errno, 0);
	return result;
}

int main(void)
{
	check_clock(CLOCK_REALTIME);
	check_clock(CLOCK_MONOTONIC);
	check_clock(CLOCK_BOOTTIME);
	CHECK_EQ(sleep_result(CLOCK_MONOTONIC, -1, 0), EINVAL);
	CHECK_EQ(sleep_result(CLOCK_MONOTONIC, 0, -1), EINVAL);
	CHECK_EQ(sleep_result(CLOCK_MONOTONIC, 0, 1000000000), EINVAL);
	CHECK_EQ(sleep_result(CLOCK_THREAD_CPUTIME_ID, 0, 0), EINVAL);
	CHECK_ERRNO(syscall(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, &(struct timespec){ 0 }, NULL),
		EOPNOTSUPP);
	CHECK_EQ(sleep_result(CLOCK_MONOTONIC_RAW, 0, 0), EOPNOTSUPP);
	CHECK_EQ(sleep_result(CLOCK_REALTIME_COARSE, 0, 0), EOPNOTSUPP);
	CHECK_EQ(sleep_result(1000, 0, 0), EINVAL);
	CHECK_EQ(clock_nanosleep(CLOCK_MONOTONIC, 0, (void *)8, NULL), EFAULT);
	PASS();
}
