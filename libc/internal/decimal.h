/* The decimal digits of a binary floating-point number, exactly. */
#ifndef INTERNAL_DECIMAL_H
#define INTERNAL_DECIMAL_H

#include <stdint.h>

/* The number mantissa * 2^exponent, which must be a long double: -16445 to 16383. How many of its
 * digits are wanted: so many significant ones, or behind the decimal point, whichever are fewer. */
struct decimal_request {
	uint64_t mantissa;
	int exponent;
	int significant;
	int places;
};

/* The value is 0.ddd * 10^point with count digits, as characters; the first is not '0'. Zero is no
 * digits, point 1. */
struct decimal {
	int count;
	int point;
	int room;
	char *digit;	/* the caller's: __decimal_room() of them */
};

/* How many digits the conversion may need room for: about 20 for a usual number, 11,500 for all
 * of the smallest long doubles. */
int __decimal_room(const struct decimal_request *request);

/* Makes the digits, at least one more than is wanted. If it stops before the end and what is left
 * out is not zero, a '1' stands for it, so that rounding comes out right. */
void __decimal_convert(struct decimal *decimal, const struct decimal_request *request);

/* Rounds to a number of digits (0 or negative if that is beyond the first one), to nearest, ties to
 * even. */
void __decimal_round(struct decimal *decimal, long keep);

#endif
