/* The Gregorian calendar, extended to all years. Days are counted from 1 January 1970. */
#ifndef INTERNAL_CALENDAR_H
#define INTERNAL_CALENDAR_H

#include <stdbool.h>

#define SECONDS_PER_DAY	86400L

static inline bool calendar_is_leap(long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* The day of the first of a month, 0 to 11. */
long __calendar_day(long year, int month);

/* The year and the day in it, from 0. */
void __calendar_split(long day, long *year, int *day_of_year);

/* How many days of a year are before a month, 0 to 11. */
int __calendar_days_before(long year, int month);

#endif
