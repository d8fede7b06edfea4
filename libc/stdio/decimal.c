/* From binary to decimal. The integer part is divided by 10^9 again and again, the fraction
 * multiplied by it: a number f / 2^k is a fixed-point number whose part from bit k up is the next
 * nine digits. */
#include "decimal.h"

#include <stdbool.h>
#include <string.h>

#include "bignum.h"

#define GROUP		9
#define GROUP_BASE	1000000000u

static void write_group(char *digits, uint32_t group)
{
	for (int i = GROUP; i-- > 0; group /= 10)
		digits[i] = '0' + group % 10;
}

/* Appends nine digits behind those that are there; leading zeros of the number only move the
 * point. */
static void append_group(struct decimal *decimal, uint32_t group)
{
	char digits[GROUP];
	int skip = 0;

	write_group(digits, group);
	if (decimal->count == 0) {
		while (skip < GROUP && digits[skip] == '0')
			skip++;
		decimal->point -= skip;
	}
	memcpy(decimal->digit + decimal->count, digits + skip, GROUP - skip);
	decimal->count += GROUP - skip;
}

/* The digits come from the last to the first, so they are written from the end of the room. */
static void convert_integer(struct decimal *decimal, struct bignum *number)
{
	char *end = decimal->digit + decimal->room, *first = end;

	while (number->count > 0) {
		first -= GROUP;
		write_group(first, __bignum_divide(number, GROUP_BASE));
	}
	while (first < end && *first == '0')
		first++;
	decimal->count = decimal->point = (int)(end - first);
	memmove(decimal->digit, first, end - first);
}

static bool has_enough(const struct decimal *decimal, const struct decimal_request *request)
{
	return decimal->count > request->significant ||
	       decimal->count - decimal->point > request->places;
}

/* The fraction is number / 2^bits. */
static void convert_fraction(struct decimal *decimal, struct bignum *number, unsigned bits,
	const struct decimal_request *request)
{
	while (number->count > 0 && !has_enough(decimal, request)) {
		__bignum_multiply_add(number, GROUP_BASE, 0);
		append_group(decimal, __bignum_cut(number, bits));
	}
	if (number->count > 0)
		decimal->digit[decimal->count++] = '1';
}

/* At least as many digits as a number of so many bits has, less than three too many. */
static int digits_of(int bits)
{
	return bits * 1233 / 4096 + 2;
}

/* Behind the point the number has as many digits as bits, but those that its size makes zeros are
 * not stored. Groups are written whole: one may begin early and one end late. */
int __decimal_room(const struct decimal_request *request)
{
	int bits = request->mantissa ? 64 - __builtin_clzl(request->mantissa) : 0;
	int size = bits + request->exponent, wanted = request->places, fraction = 0;

	if (wanted > request->significant)
		wanted = request->significant;
	if (request->exponent < 0)
		fraction = -request->exponent - (size < 0 ? digits_of(-size) - 3 : 0);
	if (fraction > wanted)
		fraction = wanted;
	return (size > 0 ? digits_of(size) : 0) + fraction + 3 * GROUP;
}

void __decimal_convert(struct decimal *decimal, const struct decimal_request *request)
{
	uint64_t mantissa = request->mantissa, integer = mantissa, fraction = 0;
	int exponent = request->exponent;
	uint32_t words[BIGNUM_WORDS(64 + (exponent < 0 ? -exponent : exponent))];
	struct bignum number = { .word = words };

	if (exponent < 0) {
		integer = exponent > -64 ? mantissa >> -exponent : 0;
		fraction = exponent > -64 ? mantissa & ~(~0ul << -exponent) : mantissa;
	}
	__bignum_set(&number, integer);
	if (exponent > 0)
		__bignum_shift_left(&number, exponent);
	convert_integer(decimal, &number);
	__bignum_set(&number, fraction);
	if (exponent < 0)
		convert_fraction(decimal, &number, -exponent, request);
	if (decimal->count == 0)
		decimal->point = 1;
}

/* Whether the digits from place on are more than half of the unit before them, or half and that
 * unit is odd. */
static bool rounds_up(const struct decimal *decimal, int place)
{
	if (decimal->digit[place] < '5')
		return false;
	if (decimal->digit[place] > '5')
		return true;
	for (int i = place + 1; i < decimal->count; i++)
		if (decimal->digit[i] != '0')
			return true;
	return place > 0 && decimal->digit[place - 1] % 2 == 1;
}

void __decimal_round(struct decimal *decimal, long keep)
{
	bool up;

	if (keep >= decimal->count)
		return;
	up = keep >= 0 && rounds_up(decimal, (int)keep);
	decimal->count = keep > 0 ? (int)keep : 0;
	if (!up && decimal->count == 0)
		decimal->point = 1;
	if (!up)
		return;
	while (decimal->count > 0 && decimal->digit[decimal->count - 1] == '9')
		decimal->count--;
	if (decimal->count == 0) {
		decimal->digit[decimal->count++] = '1';
		decimal->point++;
	} else {
		decimal->digit[decimal->count - 1]++;
	}
}
