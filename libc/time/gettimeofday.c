/* gettimeofday(2). The time zone of old is not told. */
#include <sys/time.h>
#include <time.h>

#include "syscall.h"

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
	struct timespec now;

	(void)zone;
	if (__clock_gettime(CLOCK_REALTIME, &now) < 0)
		return -1;
	if (time) {
		time->tv_sec = now.tv_sec;
		time->tv_usec = now.tv_nsec / 1000;
	}
	return 0;
}
