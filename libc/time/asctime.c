/* asctime(3), ctime(3). */
#include <stdio.h>
#include <time.h>

#include "alias.h"
#include "names.h"

#define TEXT_SIZE 64	/* the C standard's 26 holds only for years of four digits */

static char text[TEXT_SIZE];

static char *write_text(const struct tm *parts, char *to, size_t size)
{
	char names[16];

	strftime(names, sizeof(names), "%a %b", parts);
	snprintf(to, size, "%s %2d %.2d:%.2d:%.2d %ld\n", names, parts->tm_mday, parts->tm_hour,
		parts->tm_min, parts->tm_sec, 1900L + parts->tm_year);
	return to;
}

char *__asctime_r(const struct tm *restrict parts, char *restrict to)
{
	return write_text(parts, to, 26);
}

weak_alias(__asctime_r, asctime_r);

char *asctime(const struct tm *parts)
{
	return write_text(parts, text, sizeof(text));
}

char *__ctime_r(const time_t *time, char *to)
{
	struct tm parts;

	return __gmtime_r(time, &parts) ? __asctime_r(&parts, to) : NULL;
}

weak_alias(__ctime_r, ctime_r);

char *ctime(const time_t *time)
{
	struct tm parts;

	return __gmtime_r(time, &parts) ? asctime(&parts) : NULL;
}
