// unit: sources libc/time/calendar.c libc/time/gmtime.c libc/time/mktime.c libc/time/strftime.c
// unit: flags -Ilibc/internal -D_GNU_SOURCE -Dgmtime=libc_gmtime -Dgmtime_r=libc_gmtime_r
// unit: flags -Dlocaltime=libc_localtime -Dlocaltime_r=libc_localtime_r -Dmktime=libc_mktime
// unit: flags -Dtimegm=libc_timegm -Dstrftime=libc_strftime
/* Calendar time against the host's: gmtime, timegm and strftime, for days over thousands of years
 * and random times. */
#include "unit.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <time.h>

extern struct tm *host_gmtime_r(const time_t *time, struct tm *parts) __asm__("gmtime_r");
extern time_t host_timegm(struct tm *parts) __asm__("timegm");
extern size_t host_strftime(
	char *text, size_t size, const char *format, const struct tm *parts) __asm__("strftime");

#define DAY 86400L

static void compare_parts(time_t time)
{
	struct tm ours, theirs;

	UNIT_CHECK(gmtime_r(&time, &ours) == &ours);
	UNIT_CHECK(host_gmtime_r(&time, &theirs));
	if (ours.tm_sec != theirs.tm_sec || ours.tm_min != theirs.tm_min ||
		ours.tm_hour != theirs.tm_hour || ours.tm_mday != theirs.tm_mday ||
		ours.tm_mon != theirs.tm_mon || ours.tm_year != theirs.tm_year ||
		ours.tm_wday != theirs.tm_wday || ours.tm_yday != theirs.tm_yday)
		unit_fail("%ld is not %d-%d-%d day %d weekday %d", time, ours.tm_year, ours.tm_mon,
			ours.tm_mday, ours.tm_yday, ours.tm_wday);
	if (timegm(&ours) != time)
		unit_fail("timegm gives %ld, not %ld", timegm(&ours), time);
}

static void days(void)
{
	for (long day = -800000; day < 800000; day += 7)
		compare_parts(day * DAY + day % DAY);
	for (long day = 20000; day < 22000; day++)
		compare_parts(day * DAY - 1);
}

static void random_times(void)
{
	for (int i = 0; i < 100000; i++)
		compare_parts((time_t)(unit_random(1ul << 52) >> unit_random(52)) - (1l << 40));
}

static void limits(void)
{
	time_t too_far = LONG_MAX, last = 67768036191676799, first = -67768040609740800;
	struct tm parts;

	compare_parts(last);
	compare_parts(first);
	errno = 0;
	UNIT_CHECK(gmtime_r(&too_far, &parts) == NULL && errno == EOVERFLOW);
	last++;
	UNIT_CHECK(gmtime_r(&last, &parts) == NULL);
}

/* Fields far out of their range are carried over. */
static void carries(void)
{
	for (int i = 0; i < 50000; i++) {
		struct tm ours = {
			.tm_sec = (int)unit_random(200000) - 100000,
			.tm_min = (int)unit_random(20000) - 10000,
			.tm_hour = (int)unit_random(2000) - 1000,
			.tm_mday = (int)unit_random(2000) - 1000,
			.tm_mon = (int)unit_random(2000) - 1000,
			.tm_year = (int)unit_random(400) - 100,
		};
		struct tm theirs = ours;
		time_t expected = host_timegm(&theirs);

		UNIT_CHECK(mktime(&ours) == expected);
		UNIT_CHECK(ours.tm_mon == theirs.tm_mon && ours.tm_mday == theirs.tm_mday &&
			ours.tm_yday == theirs.tm_yday);
	}
}

static void formats(void)
{
	static const char format[] =
		"%a %A %b %B %c|%C|%d|%D|%e|%F|%g|%G|%h|%H|%I|%j|%k|%l|%m|%M|%n|%p|%P|%r|%R|%S|%t|%T|%u|"
		"%U|%V|%w|%W|%x|%X|%y|%Y|%z|%Z|%%|%Ey|%Od";
	char ours[1000], theirs[1000];

	for (int i = 0; i < 30000; i++) {
		time_t time =
			i < 15000 ? i * DAY * 5 - 20000 * DAY : (time_t)unit_random(1ul << 37);
		struct tm parts;

		gmtime_r(&time, &parts);
		host_strftime(theirs, sizeof(theirs), format, &parts);
		UNIT_CHECK(strftime(ours, sizeof(ours), format, &parts) == strlen(ours));
		if (strcmp(ours, theirs) != 0)
			unit_fail("%ld: \"%s\", not \"%s\"", time, ours, theirs);
	}
}

static void compare_format(const char *format, const struct tm *parts)
{
	char ours[100] = "", theirs[100] = "";
	size_t length = host_strftime(theirs, sizeof(theirs), format, parts);

	if (strftime(ours, sizeof(ours), format, parts) != length || strcmp(ours, theirs) != 0)
		unit_fail("%s gives \"%s\", not \"%s\"", format, ours, theirs);
}

/* Flags and widths that the host knows too. */
static void widths(void)
{
	static const char *const before[] = {
		"%-", "%_", "%0", "%1", "%3", "%12", "%_12", "%012", "%-12",
	};
	static const char types[] = "aABcCdDeGgHIjklmMnpPrRSTuUVwWxXyYZ%";
	static const time_t times[] = { 0, 1234567890, -13000000000, 100000000000, 40000000 };

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		struct tm parts;

		gmtime_r(&times[i], &parts);
		for (size_t j = 0; j < sizeof(before) / sizeof(before[0]); j++) {
			for (const char *type = types; *type; type++) {
				char format[8];

				snprintf(format, sizeof(format), "%s%c", before[j], *type);
				compare_format(format, &parts);
			}
		}
	}
}

/* Years with a sign, as POSIX has them. */
static void years(void)
{
	static const struct {
		const char *format;
		int year;
		const char *text;
	} cases[] = {
		{ "%+4Y", 270, "0270" }, { "%+5Y", 270, "+0270" }, { "%+4Y", 12345, "+12345" },
		{ "%05Y", 270, "00270" }, { "%010Y", -3, "-000000003" }, { "%+F", 2026, "2026-05-01" },
		{ "%+11F", 2026, "+2026-05-01" }, { "%012F", 270, "000270-05-01" },
		{ "%+3C", 1970, "+19" }, { "%+2C", 1970, "19" }, { "%+C", 12345, "+123" },
		{ "%+F", 12345, "+12345-05-01" }, { "%F", 12345, "12345-05-01" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tm parts = { .tm_year = cases[i].year - 1900, .tm_mon = 4, .tm_mday = 1 };
		char text[32] = "";

		strftime(text, sizeof(text), cases[i].format, &parts);
		if (strcmp(text, cases[i].text) != 0)
			unit_fail("%s of %d: \"%s\"", cases[i].format, cases[i].year, text);
	}
}

static void sizes(void)
{
	char text[8] = "unused";
	time_t time = 0;
	struct tm parts;

	gmtime_r(&time, &parts);
	UNIT_CHECK(strftime(text, 5, "%Y", &parts) == 4 && strcmp(text, "1970") == 0);
	UNIT_CHECK(strftime(text, 4, "%Y", &parts) == 0);
	UNIT_CHECK(strftime(text, 0, "", &parts) == 0);
	UNIT_CHECK(strftime(text, 8, "%s", &parts) == 1 && text[0] == '0');
	UNIT_CHECK(strftime(text, 8, "%7Y", &parts) == 7 && strftime(text, 8, "%8Y", &parts) == 0);
	UNIT_CHECK(strftime(text, 8, "%99999999999Y", &parts) == 0);
}

int main(void)
{
	UNIT_CASE(days);
	UNIT_CASE(random_times);
	UNIT_CASE(limits);
	UNIT_CASE(carries);
	UNIT_CASE(formats);
	UNIT_CASE(widths);
	UNIT_CASE(years);
	UNIT_CASE(sizes);
	return unit_done();
}
