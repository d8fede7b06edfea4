/* Clocks and calendar time (time.h(0p)). The time zone is always UTC. */
#ifndef _TIME_H
#define _TIME_H

#include <stddef.h>
#include <sys/types.h>

struct timespec {
	time_t tv_sec;
	long tv_nsec;
};

struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;	/* 1 .. 31 */
	int tm_mon;	/* 0 .. 11 */
	int tm_year;	/* years since 1900 */
	int tm_wday;	/* 0 is Sunday */
	int tm_yday;	/* 0 .. 365 */
	int tm_isdst;
	long tm_gmtoff;	/* seconds east of UTC */
	const char *tm_zone;
};

#define CLOCKS_PER_SEC	1000000L
#define TIME_UTC	1

#define CLOCK_REALTIME			0
#define CLOCK_MONOTONIC			1
#define CLOCK_PROCESS_CPUTIME_ID	2
#define CLOCK_THREAD_CPUTIME_ID		3
#define CLOCK_MONOTONIC_RAW		4
#define CLOCK_REALTIME_COARSE		5
#define CLOCK_MONOTONIC_COARSE		6
#define CLOCK_BOOTTIME			7

#define TIMER_ABSTIME	1

extern char *tzname[2];
extern long timezone;
extern int daylight;

char *asctime(const struct tm *parts);
char *asctime_r(const struct tm *__restrict parts, char *__restrict text);
clock_t clock(void);
int clock_getres(clockid_t clock, struct timespec *resolution);
int clock_gettime(clockid_t clock, struct timespec *time);
int clock_nanosleep(
	clockid_t clock, int flags, const struct timespec *time, struct timespec *left);
char *ctime(const time_t *time);
char *ctime_r(const time_t *time, char *text);
double difftime(time_t end, time_t start);
struct tm *gmtime(const time_t *time);
struct tm *gmtime_r(const time_t *__restrict time, struct tm *__restrict parts);
struct tm *localtime(const time_t *time);
struct tm *localtime_r(const time_t *__restrict time, struct tm *__restrict parts);
time_t mktime(struct tm *parts);
int nanosleep(const struct timespec *time, struct timespec *left);
size_t strftime(char *__restrict text, size_t size, const char *__restrict format,
	const struct tm *__restrict parts);
time_t time(time_t *time);
time_t timegm(struct tm *parts);
int timespec_get(struct timespec *time, int base);
void tzset(void);

#endif
