/* The x87 extended format, which long double has (Intel SDM vol. 1 4.2.2): 15 bits of exponent, and a
 * mantissa with all its bits, the leading one included. The value is
 * mantissa / 2^63 * 2^(exponent - LONG_DOUBLE_BIAS); exponent 0 means the same as 1. */
#ifndef INTERNAL_LONG_DOUBLE_H
#define INTERNAL_LONG_DOUBLE_H

#include <stdint.h>

#define LONG_DOUBLE_BIAS	16383
#define LONG_DOUBLE_SPECIAL	0x7fff	/* the exponent of infinities and what is no number */

union long_double_bits {
	long double value;
	struct {
		uint64_t mantissa;
		uint16_t sign_and_exponent;
	};
};

#endif
