/* mktime(3), timegm(3): both from UTC. Fields out of their range are carried over. */
#include <time.h>

#include "alias.h"
#include "calendar.h"
#include "names.h"

time_t __timegm(struct tm *parts)
{
	long year = 1900L + parts->tm_year + parts->tm_mon / 12;
	int month = parts->tm_mon % 12;
	struct tm normal;
	time_t time;

	if (month < 0) {
		month += 12;
		year--;
	}
	time = (__calendar_day(year, month) + parts->tm_mday - 1L) * SECONDS_PER_DAY +
		parts->tm_hour * 3600L + parts->tm_min * 60L + parts->tm_sec;
	if (!__gmtime_r(&time, &normal))
		return -1;
	*parts = normal;
	return time;
}

weak_alias(__timegm, timegm);

time_t mktime(struct tm *parts)
{
	return __timegm(parts);
}
