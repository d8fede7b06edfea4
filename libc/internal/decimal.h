/* The decimal digits of a binary floating-point number, exactly. */
#ifndef INTERNAL_DECIMAL_H
#define INTERNAL_DECIMAL_H

#include <stdint.h>

/* What the longest long double has (the one with all bits set at the least exponent) is 11,515;
 * then come the last group of nine and the mark that more follows. */
#define DECIMAL_DIGITS 11536

/* The value is 0.ddd * 10^point with count digits, as characters; the first is not '0'. Zero is no
 * digits, point 1. */
struct decimal {
	int count;
	int point;
	char digit[DECIMAL_DIGITS];
};

/* Makes the digits of mantissa * 2^exponent, down to at least one more than the given number of
 * significant ones, or of those behind the decimal point: whichever comes first. If it stops before
 * the end and what is left out is not zero, a '1' stands for it, so that rounding comes out right.
 * The exponent must be one of a long double: -16445 to 16320. */
void __decimal_convert(
	struct decimal *decimal, uint64_t mantissa, int exponent, int significant, int places);

/* Rounds to a number of digits (0 or negative if that is beyond the first one), to nearest, ties to
 * even. */
void __decimal_round(struct decimal *decimal, long keep);

#endif
