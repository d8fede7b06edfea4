/* time(2), clock(3), timespec_get, difftime(3): views of clock_gettime(2); clock_nanosleep(2). */
#include <errno.h>
#include <time.h>

#include "alias.h"
#include "cancel.h"

time_t time(time_t *time)
{
	struct timespec now;

	__clock_gettime(CLOCK_REALTIME, &now);
	if (time)
		*time = now.tv_sec;
	return now.tv_sec;
}

/* Processor time of the process; -1 if the kernel does not count it. */
clock_t clock(void)
{
	struct timespec used;

	if (__clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0)
		return -1;
	return used.tv_sec * CLOCKS_PER_SEC + used.tv_nsec / (1000000000 / CLOCKS_PER_SEC);
}

int timespec_get(struct timespec *time, int base)
{
	return base == TIME_UTC && __clock_gettime(CLOCK_REALTIME, time) == 0 ? base : 0;
}

double difftime(time_t end, time_t start)
{
	return (double)end - (double)start;
}

/* Gives the error itself and leaves errno alone. A thread that sleeps does not make its own clock go
 * on: the kernel does not know that clock here, and POSIX wants another word for it. */
int __clock_nanosleep(
	clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
	if (clock == CLOCK_THREAD_CPUTIME_ID)
		return EINVAL;
	return (int)-cancel_call6(SYS_clock_nanosleep, clock, flags, time, left, 0, 0);
}

weak_alias(__clock_nanosleep, clock_nanosleep);
