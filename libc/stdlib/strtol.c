/* strtol(3), strtoul(3), strtoimax(3), atoi(3) and their like. All long types have 64 bits. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "scan.h"

static struct scan_integer scan(const char *text, char **end, int base)
{
	struct scan_source source = scan_string(text);
	struct scan_integer result = { .found = false };

	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
	} else {
		__scan_space(&source);
		result = __scan_integer(&source, base);
	}
	if (end)
		*end = (char *)text + (result.found ? result.valid : 0);
	return result;
}

intmax_t strtoimax(const char *restrict text, char **restrict end, int base)
{
	struct scan_integer result = scan(text, end, base);

	return __scan_clamp_signed(&result);
}

uintmax_t strtoumax(const char *restrict text, char **restrict end, int base)
{
	struct scan_integer result = scan(text, end, base);

	return __scan_clamp_unsigned(&result);
}

long strtol(const char *restrict text, char **restrict end, int base)
{
	return strtoimax(text, end, base);
}

long long strtoll(const char *restrict text, char **restrict end, int base)
{
	return strtoimax(text, end, base);
}

unsigned long strtoul(const char *restrict text, char **restrict end, int base)
{
	return strtoumax(text, end, base);
}

unsigned long long strtoull(const char *restrict text, char **restrict end, int base)
{
	return strtoumax(text, end, base);
}

int atoi(const char *text)
{
	return (int)strtol(text, NULL, 10);
}

long atol(const char *text)
{
	return strtol(text, NULL, 10);
}

long long atoll(const char *text)
{
	return strtoll(text, NULL, 10);
}
