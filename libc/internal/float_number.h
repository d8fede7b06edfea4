/* A number as its digits were read, and its conversion to binary floating point, rounded correctly. */
#ifndef INTERNAL_FLOAT_NUMBER_H
#define INTERNAL_FLOAT_NUMBER_H

#include "bignum.h"
#include "scan.h"

/* The digits, times ten (or two, if they are hexadecimal) to the exponent. */
struct float_number {
	struct bignum digits;
	uint32_t group, group_base;	/* decimal digits not yet added, and 10 to their count */
	int count;			/* of significant digits in both */
	long exponent;
	bool more;			/* digits were left out, and not all of them zeros */
	const struct float_format *format;
};

/* Words for all digits that can make a difference, and for the denominator of a decimal number,
 * which has no more bits: 5^(digits + limit). */
#define DECIMAL_WORDS(format)	BIGNUM_WORDS(((format)->digits + 1) * 10 / 3)
#define HEXADECIMAL_DIGITS	18
#define HEXADECIMAL_WORDS	BIGNUM_WORDS(4 * HEXADECIMAL_DIGITS)

/* Makes it 0. The words are the caller's. */
void __float_number_start(
	struct float_number *number, const struct float_format *format, uint32_t *words);

/* Both take the next digit. A decimal point among the digits is for the caller to count. */
void __float_number_add_decimal(struct float_number *number, int digit);
void __float_number_add_hexadecimal(struct float_number *number, int digit);

/* Both set the result's value and out_of_range. They change the number. */
void __float_number_convert_decimal(struct float_number *number, struct scan_float *result);
void __float_number_convert_hexadecimal(struct float_number *number, struct scan_float *result);

#endif
