/* The time of day in microseconds (gettimeofday(2)). */
#ifndef _SYS_TIME_H
#define _SYS_TIME_H

#include <sys/types.h>

struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;
};

#define timerclear(time)		((time)->tv_sec = (time)->tv_usec = 0)
#define timerisset(time)		((time)->tv_sec || (time)->tv_usec)
#define timercmp(left, right, op) \
	((left)->tv_sec == (right)->tv_sec ? (left)->tv_usec op(right)->tv_usec \
					   : (left)->tv_sec op(right)->tv_sec)
#define timeradd(left, right, sum) do { \
	(sum)->tv_sec = (left)->tv_sec + (right)->tv_sec; \
	(sum)->tv_usec = (left)->tv_usec + (right)->tv_usec; \
	if ((sum)->tv_usec >= 1000000) { \
		(sum)->tv_sec++; \
		(sum)->tv_usec -= 1000000; \
	} \
} while (0)
#define timersub(left, right, difference) do { \
	(difference)->tv_sec = (left)->tv_sec - (right)->tv_sec; \
	(difference)->tv_usec = (left)->tv_usec - (right)->tv_usec; \
	if ((difference)->tv_usec < 0) { \
		(difference)->tv_sec--; \
		(difference)->tv_usec += 1000000; \
	} \
} while (0)

#include <sys/select.h>

#define ITIMER_REAL	0
#define ITIMER_VIRTUAL	1
#define ITIMER_PROF	2

struct itimerval {
	struct timeval it_interval;
	struct timeval it_value;
};

int getitimer(int which, struct itimerval *value);
int setitimer(int which, const struct itimerval *__restrict value, struct itimerval *__restrict old);
int utimes(const char *path, const struct timeval times[2]);
int gettimeofday(struct timeval *__restrict time, void *__restrict zone);

#endif
