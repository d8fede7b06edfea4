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
};

/* Makes it 0. */
void __float_number_start(struct float_number *number);

/* Both take the next digit. A decimal point among the digits is for the caller to count. */
void __float_number_add_decimal(struct float_number *number, int digit);
void __float_number_add_hexadecimal(struct float_number *number, int digit);

/* Both set the result's value and out_of_range. They change the number. */
void __float_number_convert_decimal(struct float_number *number, const struct float_format *format,
				    struct scan_float *result);
void __float_number_convert_hexadecimal(struct float_number *number,
					const struct float_format *format, struct scan_float *result);

#endif
