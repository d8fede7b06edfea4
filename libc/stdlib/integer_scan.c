/* Integers from text (strtol(3)). */
#include <ctype.h>
#include <errno.h>

#include "scan.h"

void __scan_space(struct scan_source *source)
{
	int c;

	do
		c = scan_get(source);
	while (isspace(c));
	scan_unget(source, c);
}

/* The value of a digit or letter; more than any base for what is neither. */
static int digit_value(int c)
{
	if (isdigit(c))
		return c - '0';
	return isalpha(c) ? (c | 0x20) - 'a' + 10 : INT_MAX;
}

/* Takes a 0 and perhaps an x at the start, and settles the base. Returns the character after
 * that. */
static int take_prefix(struct scan_source *source, int c, int *base, struct scan_integer *result)
{
	if (c != '0' || (*base != 0 && *base != 16)) {
		if (*base == 0)
			*base = 10;
		return c;
	}
	result->found = true;
	result->valid = source->taken;
	c = scan_get(source);
	if ((c | 0x20) == 'x') {
		*base = 16;
		return scan_get(source);
	}
	if (*base == 0)
		*base = 8;
	return c;
}

struct scan_integer __scan_integer(struct scan_source *source, int base)
{
	struct scan_integer result = { .found = false };
	int c = scan_get(source);

	if (c == '-' || c == '+') {
		result.negative = c == '-';
		c = scan_get(source);
	}
	c = take_prefix(source, c, &base, &result);
	for (; digit_value(c) < base; c = scan_get(source)) {
		if (__builtin_mul_overflow(result.magnitude, (uintmax_t)base, &result.magnitude) ||
			__builtin_add_overflow(
				result.magnitude, (uintmax_t)digit_value(c), &result.magnitude))
			result.overflow = true;
		result.found = true;
		result.valid = source->taken;
	}
	scan_unget(source, c);
	if (result.overflow)
		result.magnitude = UINTMAX_MAX;
	return result;
}

intmax_t __scan_clamp_signed(const struct scan_integer *integer)
{
	uintmax_t limit = (uintmax_t)INTMAX_MAX + integer->negative;
	uintmax_t magnitude = integer->magnitude;

	if (magnitude > limit) {
		errno = ERANGE;
		magnitude = limit;
	}
	return (intmax_t)(integer->negative ? -magnitude : magnitude);
}

uintmax_t __scan_clamp_unsigned(const struct scan_integer *integer)
{
	if (integer->overflow) {
		errno = ERANGE;
		return UINTMAX_MAX;
	}
	return integer->negative ? -integer->magnitude : integer->magnitude;
}
