/* The calendar: 400 years have 146,097 days and then everything repeats. Reckoned from March, the
 * leap day is the last day of its year, and a year's length no longer matters within it. */
#include "calendar.h"

#define DAYS_IN_400_YEARS	146097
#define DAYS_TO_1970		719468	/* from 1 March of the year 0 */

int __calendar_days_before(long year, int month)
{
	static const short days[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

	return days[month] + (month > 1 && calendar_is_leap(year));
}

static long divide_down(long value, long divisor)
{
	return value / divisor - (value % divisor < 0);
}

long __calendar_day(long year, int month)
{
	/* Days of all years before, as if from 1 January of the year 0, and the leap days among
	 * them. */
	long before = year - 1;
	long leaps =
		divide_down(before, 4) - divide_down(before, 100) + divide_down(before, 400) + 1;

	return year * 365 + leaps + __calendar_days_before(year, month) - DAYS_TO_1970 - 60;
}

void __calendar_split(long day, long *year, int *day_of_year)
{
	long from_march = day + DAYS_TO_1970;
	long era = divide_down(from_march, DAYS_IN_400_YEARS);
	long in_era = from_march - era * DAYS_IN_400_YEARS;
	long year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;

	/* January and February belong to the next year. */
	*year = era * 400 + year_in_era;
	if (day >= __calendar_day(*year + 1, 0))
		++*year;
	*day_of_year = (int)(day - __calendar_day(*year, 0));
}
