/* Calendar time: gmtime, mktime and strftime on dates that are easy to get wrong. */
#include "test.h"
#include <time.h>

static void check(time_t time, const char *expected)
{
	struct tm parts;
	char text[64];

	CHECK(gmtime_r(&time, &parts) == &parts);
	CHECK(strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %a %j", &parts) > 0);
	CHECK_STR(text, expected);
	CHECK_EQ(timegm(&parts), time);
}

int main(void)
{
	struct timespec before, after;

	check(0, "1970-01-01 00:00:00 Thu 001");
	check(951782399, "2000-02-28 23:59:59 Mon 059");
	check(951868799, "2000-02-29 23:59:59 Tue 060");
	check(4107542399, "2100-02-28 23:59:59 Sun 059");
	check(4107542400, "2100-03-01 00:00:00 Mon 060");
	check(-1, "1969-12-31 23:59:59 Wed 365");
	CHECK_EQ(clock_gettime(CLOCK_REALTIME, &before), 0);
	CHECK(before.tv_sec > 1000000000);
	time_t seconds = time(NULL);
	CHECK_EQ(clock_gettime(CLOCK_REALTIME, &after), 0);
	CHECK(seconds >= before.tv_sec - 1 && seconds <= after.tv_sec);
	PASS();
}
