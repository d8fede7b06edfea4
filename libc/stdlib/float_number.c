/* From digits to binary floating point, rounded correctly.
 *
 * A decimal number is an integer of its digits times a power of ten, a fraction of two large
 * integers therefore. Its quotient is taken to QUOTIENT_BITS bits, by shifting and subtracting; a
 * last bit says whether something is left. From there on decimal and hexadecimal numbers are
 * rounded alike. */
#include "float_number.h"

#include "long_double.h"

#define GROUP		9
#define GROUP_BASE	1000000000u

/* Times 2^20000 everything is infinite, times 2^-20000 everything is 0. */
#define BINARY_LIMIT	20000

/* 64 for the longest mantissa, one to round by, one that says whether there is more. */
#define QUOTIENT_BITS	66

/* Even if the first has one bit only, they have more. */
_Static_assert(4 * HEXADECIMAL_DIGITS - 3 > QUOTIENT_BITS, "hexadecimal digits");

/* The longest numbers halfway between two have 113, 768 and 11,515 digits. */
const struct float_format __float_format = { 24, -149, 128, 116, 50 };
const struct float_format __double_format = { 53, -1074, 1024, 770, 330 };
const struct float_format __long_double_format = { 64, -16445, 16384, 11520, 5000 };

typedef unsigned __int128 wide;

/* mantissa * 2^exponent, which must be a long double exactly. */
static long double compose(uint64_t mantissa, int exponent)
{
	int zeros = mantissa ? __builtin_clzl(mantissa) : 0;
	int biased = exponent - zeros + 63 + LONG_DOUBLE_BIAS;
	union long_double_bits bits = { .value = 0 };

	if (mantissa == 0)
		return 0;
	if (biased < 1) {
		bits.mantissa = mantissa << (exponent + 16445);
	} else {
		bits.mantissa = mantissa << zeros;
		bits.sign_and_exponent = (uint16_t)biased;
	}
	return bits.value;
}

/* Rounds quotient * 2^exponent, where the quotient has all QUOTIENT_BITS and its lowest one stands
 * for all below. */
static void round_quotient(
	struct scan_float *result, wide quotient, int exponent, const struct float_format *format)
{
	int drop = QUOTIENT_BITS - format->bits;
	wide rest, half, mantissa;

	if (exponent + QUOTIENT_BITS > format->beyond) {
		result->value = __builtin_infl();
		result->out_of_range = true;
		return;
	}
	if (exponent + drop < format->least)
		drop = format->least - exponent;
	if (drop > QUOTIENT_BITS + 1)
		drop = QUOTIENT_BITS + 1;
	mantissa = quotient >> drop;
	rest = quotient - (mantissa << drop);
	half = (wide)1 << (drop - 1);
	if (rest > half || (rest == half && (mantissa & 1)))
		mantissa++;
	if (drop > QUOTIENT_BITS - format->bits && rest != 0 && !(mantissa >> (format->bits - 1)))
		result->out_of_range = true;
	exponent += drop;
	if (mantissa >> format->bits) {
		mantissa >>= 1;
		exponent++;
	}
	if (exponent + format->bits > format->beyond && mantissa >> (format->bits - 1)) {
		result->value = __builtin_infl();
		result->out_of_range = true;
		return;
	}
	result->value = mantissa ? compose((uint64_t)mantissa, exponent) : 0;
}

/* number = number * 5^power */
static void multiply_by_fives(struct bignum *number, int power)
{
	const uint32_t five_13 = 1220703125;

	for (; power >= 13; power -= 13)
		__bignum_multiply_add(number, five_13, 0);
	for (; power > 0; power--)
		__bignum_multiply_add(number, 5, 0);
}

/* The value is numerator / denominator * 2^exponent. Both change. */
static void divide_and_round(struct scan_float *result, struct bignum *numerator,
	struct bignum *denominator, int exponent, const struct float_format *format)
{
	int shift = (int)__bignum_bits(denominator) - (int)__bignum_bits(numerator);
	wide quotient = 0;

	/* With equally many bits, the quotient is more than a half and less than 2. */
	if (shift > 0)
		__bignum_shift_left(numerator, shift);
	else
		__bignum_shift_left(denominator, -shift);
	exponent -= shift + QUOTIENT_BITS;
	for (int i = 0; i <= QUOTIENT_BITS; i++) {
		quotient <<= 1;
		if (__bignum_compare(numerator, denominator) >= 0) {
			__bignum_subtract(numerator, denominator);
			quotient |= 1;
		}
		__bignum_shift_left(numerator, 1);
	}
	if (quotient >> QUOTIENT_BITS) {
		quotient = quotient >> 1 | (quotient & 1);
		exponent++;
	}
	round_quotient(result, quotient | (numerator->count > 0), exponent, format);
}

/* Up to 15 digits times or by a power of ten that a double holds exactly is one operation, which
 * rounds correctly. */
static bool convert_small(const struct float_number *number, struct scan_float *result)
{
	static const double powers[] = {
		1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
	};
	double value = 0;

	if (number->format != &__double_format || number->count > 15 || number->exponent > 22 ||
	    number->exponent < -22)
		return false;
	for (unsigned i = number->digits.count; i-- > 0;)
		value = value * 4294967296.0 + number->digits.word[i];
	if (number->exponent < 0)
		result->value = value / powers[-number->exponent];
	else
		result->value = value * powers[number->exponent];
	return true;
}

static void convert_large(struct float_number *number, struct scan_float *result)
{
	uint32_t words[DECIMAL_WORDS(number->format)];
	struct bignum denominator = { .word = words };
	int exponent = (int)number->exponent;

	__bignum_set(&denominator, 1);
	if (exponent < 0)
		multiply_by_fives(&denominator, -exponent);
	else
		multiply_by_fives(&number->digits, exponent);
	divide_and_round(result, &number->digits, &denominator, exponent, number->format);
}

static void add_group(struct float_number *number)
{
	if (number->digits.count == 0)
		__bignum_set(&number->digits, number->group);
	else
		__bignum_multiply_add(&number->digits, number->group_base, number->group);
	number->group = 0;
	number->group_base = 1;
}

/* Takes a decimal digit; leading zeros count for nothing. */
void __float_number_add_decimal(struct float_number *number, int digit)
{
	if (number->count == number->format->digits) {
		number->exponent++;
		number->more |= digit != 0;
		return;
	}
	if (number->count == 0 && digit == 0)
		return;
	number->group = number->group * 10 + (unsigned)digit;
	number->group_base *= 10;
	number->count++;
	if (number->group_base == GROUP_BASE)
		add_group(number);
}

/* The same for a hexadecimal one, of which HEXADECIMAL_DIGITS are enough. The exponent is one of
 * two. */
void __float_number_add_hexadecimal(struct float_number *number, int digit)
{
	if (number->count == HEXADECIMAL_DIGITS) {
		number->exponent += 4;
		number->more |= digit != 0;
		return;
	}
	if (number->count == 0 && digit == 0)
		return;
	if (number->digits.count == 0)
		__bignum_set(&number->digits, digit);
	else
		__bignum_multiply_add(&number->digits, 16, digit);
	number->count++;
}

void __float_number_start(
	struct float_number *number, const struct float_format *format, uint32_t *words)
{
	*number = (struct float_number) {
		.digits.word = words,
		.group_base = 1,
		.format = format,
	};
}

void __float_number_convert_decimal(struct float_number *number, struct scan_float *result)
{
	int limit = number->format->limit;

	if (number->count == 0)
		return;
	if (number->group_base > 1)
		add_group(number);
	if (number->more) {
		__bignum_multiply_add(&number->digits, 10, 1);
		number->count++;
		number->exponent--;
	}
	if (number->exponent + number->count > limit) {
		result->value = __builtin_infl();
		result->out_of_range = true;
	} else if (number->exponent + number->count < -limit) {
		result->out_of_range = true;
	} else if (!convert_small(number, result)) {
		convert_large(number, result);
	}
}

void __float_number_convert_hexadecimal(struct float_number *number, struct scan_float *result)
{
	wide quotient = 0;
	int shift = QUOTIENT_BITS - (int)__bignum_bits(&number->digits);

	if (number->count == 0)
		return;
	for (unsigned i = number->digits.count; i-- > 0;)
		quotient = quotient << 32 | number->digits.word[i];
	if (shift < 0) {
		number->more |= (quotient & (((wide)1 << -shift) - 1)) != 0;
		quotient >>= -shift;
	} else {
		quotient <<= shift;
	}
	quotient |= number->more;
	if (number->exponent > BINARY_LIMIT)
		number->exponent = BINARY_LIMIT;
	if (number->exponent < -BINARY_LIMIT)
		number->exponent = -BINARY_LIMIT;
	round_quotient(result, quotient, (int)number->exponent - shift, number->format);
}
