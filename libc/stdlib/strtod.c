/* strtod(3), strtof(3), strtold(3), atof(3). */
#include <errno.h>
#include <stdlib.h>

#include "scan.h"

static long double scan(const char *text, char **end, const struct float_format *format)
{
	struct scan_source source = scan_string(text);
	struct scan_float result;

	__scan_space(&source);
	result = __scan_float(&source, format);
	if (end)
		*end = (char *)text + (result.found ? result.valid : 0);
	if (result.out_of_range)
		errno = ERANGE;
	return result.value;
}

float strtof(const char *restrict text, char **restrict end)
{
	return (float)scan(text, end, &__float_format);
}

double strtod(const char *restrict text, char **restrict end)
{
	return (double)scan(text, end, &__double_format);
}

long double strtold(const char *restrict text, char **restrict end)
{
	return scan(text, end, &__long_double_format);
}

double atof(const char *text)
{
	return strtod(text, NULL);
}
