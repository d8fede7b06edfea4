/* tzset(3): the time zone is UTC, whatever TZ says. */
#include <time.h>

#include "alias.h"

char *__tzname[2] = { "UTC", "UTC" };
long __timezone;
int __daylight;

weak_alias(__tzname, tzname);
weak_alias(__timezone, timezone);
weak_alias(__daylight, daylight);

void tzset(void)
{
}
