/* gmtime(3), localtime(3): the local time is UTC. */
#include <errno.h>
#include <limits.h>
#include <time.h>

#include "alias.h"
#include "calendar.h"
#include "names.h"

struct tm *__gmtime_r(const time_t *restrict time, struct tm *restrict parts)
{
	long day = *time / SECONDS_PER_DAY, second = *time % SECONDS_PER_DAY;
	int month = 11, day_of_year;
	long year;

	if (second < 0) {
		second += SECONDS_PER_DAY;
		day--;
	}
	__calendar_split(day, &year, &day_of_year);
	if (year - 1900 > INT_MAX || year - 1900 < INT_MIN) {
		errno = EOVERFLOW;
		return NULL;
	}
	while (__calendar_days_before(year, month) > day_of_year)
		month--;
	*parts = (struct tm) {
		.tm_sec = (int)(second % 60),
		.tm_min = (int)(second / 60 % 60),
		.tm_hour = (int)(second / 3600),
		.tm_mday = day_of_year - __calendar_days_before(year, month) + 1,
		.tm_mon = month,
		.tm_year = (int)(year - 1900),
		.tm_wday = (int)((day % 7 + 11) % 7),	/* 1 January 1970 was a Thursday */
		.tm_yday = day_of_year,
		.tm_zone = "UTC",
	};
	return parts;
}

weak_alias(__gmtime_r, gmtime_r);
weak_alias(__gmtime_r, localtime_r);

struct tm *gmtime(const time_t *time)
{
	static struct tm parts;

	return __gmtime_r(time, &parts);
}

struct tm *localtime(const time_t *time)
{
	return gmtime(time);
}
