/* Floating-point numbers in the printf core. All values are taken as long double, which holds every
 * double exactly; the decimal conversions work on the exact digits and round once (to nearest, ties
 * to even). */
#include <limits.h>
#include <string.h>

#include "decimal.h"
#include "format.h"
#include "long_double.h"
#include "names.h"

#define MANTISSA_BITS	64
#define EXPONENT_TEXT	8	/* "e-16445" and "p-16445" */

struct parts {
	uint64_t mantissa;
	int exponent;	/* of the mantissa's lowest bit */
	const char *sign;
	bool special;	/* infinity or not a number */
};

static struct parts take_apart(long double value, const struct format_spec *spec)
{
	union long_double_bits bits = { .value = value };
	int exponent = bits.sign_and_exponent & LONG_DOUBLE_SPECIAL;
	struct parts parts = { .mantissa = bits.mantissa };

	parts.sign = bits.sign_and_exponent >> 15 ? "-" : spec->plus ? "+" : spec->space ? " " : "";
	parts.special = exponent == LONG_DOUBLE_SPECIAL;
	parts.exponent = (exponent ? exponent : 1) - LONG_DOUBLE_BIAS - (MANTISSA_BITS - 1);
	return parts;
}

static bool is_capital(const struct format_spec *spec)
{
	return spec->conversion < 'a';
}

static void format_special(
	struct format_output *output, struct format_spec *spec, const struct parts *parts)
{
	const char *text = parts->mantissa << 1 ? "nan" : "inf";

	if (is_capital(spec))
		text = parts->mantissa << 1 ? "NAN" : "INF";
	spec->zero = false;
	__format_open(output, spec, parts->sign, 3);
	__format_put(output, text, 3);
	__format_close(output, spec, parts->sign, 3);
}

/* Writes the letter, the sign and at least the given number of digits; returns the length. */
static int write_exponent(char *text, char letter, int exponent, int minimum)
{
	unsigned value = exponent < 0 ? -(unsigned)exponent : (unsigned)exponent;
	char digits[EXPONENT_TEXT];
	int count = 0, length = 0;

	text[length++] = letter;
	text[length++] = exponent < 0 ? '-' : '+';
	for (; value > 0 || count < minimum; value /= 10)
		digits[count++] = '0' + value % 10;
	while (count > 0)
		text[length++] = digits[--count];
	return length;
}

/* Puts count digits from the one at place, with zeros where the number has none: before its first
 * and after its last. */
static void put_digits(
	struct format_output *output, const struct decimal *decimal, int place, long count)
{
	long zeros = place < 0 ? -place : 0;
	long digits;

	if (zeros > count)
		zeros = count;
	__format_pad(output, '0', zeros);
	count -= zeros;
	place += (int)zeros;
	digits = place < decimal->count ? decimal->count - place : 0;
	if (digits > count)
		digits = count;
	if (digits > 0)
		__format_put(output, decimal->digit + place, digits);
	__format_pad(output, '0', count - digits);
}

static void format_fixed(struct format_output *output, const struct format_spec *spec,
	const char *sign, const struct decimal *decimal, int places)
{
	bool has_point = places > 0 || spec->alternative;
	int integers = decimal->point > 0 ? decimal->point : 1;
	size_t body = (size_t)integers + has_point + places;

	__format_open(output, spec, sign, body);
	put_digits(output, decimal, decimal->point - integers, integers);
	__format_put(output, ".", has_point);
	put_digits(output, decimal, decimal->point, places);
	__format_close(output, spec, sign, body);
}

static void format_scientific(struct format_output *output, const struct format_spec *spec,
	const char *sign, const struct decimal *decimal, int places)
{
	bool has_point = places > 0 || spec->alternative;
	char exponent[EXPONENT_TEXT];
	int length = write_exponent(exponent, is_capital(spec) ? 'E' : 'e', decimal->point - 1, 2);
	size_t body = (size_t)1 + has_point + places + length;

	__format_open(output, spec, sign, body);
	put_digits(output, decimal, 0, 1);
	__format_put(output, ".", has_point);
	put_digits(output, decimal, 1, places);
	__format_put(output, exponent, length);
	__format_close(output, spec, sign, body);
}

/* As %e or %f, whichever is the shorter, without the zeros at the end unless # asks for them. */
static void format_general(struct format_output *output, const struct format_spec *spec,
	const char *sign, struct decimal *decimal, int significant)
{
	bool fixed = decimal->point > -4 && decimal->point <= significant;
	int places = fixed ? significant - decimal->point : significant - 1;

	if (!spec->alternative) {
		while (decimal->count > 0 && decimal->digit[decimal->count - 1] == '0')
			decimal->count--;
		places = decimal->count - (fixed ? decimal->point : 1);
		if (places < 0)
			places = 0;
	}
	if (fixed)
		format_fixed(output, spec, sign, decimal, places);
	else
		format_scientific(output, spec, sign, decimal, places);
}

static void format_decimal(
	struct format_output *output, const struct format_spec *spec, const struct parts *parts)
{
	char kind = spec->conversion | 0x20;
	int precision = spec->precision < 0 ? 6 : spec->precision, significant = precision;
	struct decimal_request request = {
		.mantissa = parts->mantissa,
		.exponent = parts->mantissa ? parts->exponent : 0,
		.significant = INT_MAX,
		.places = INT_MAX,
	};

	if (kind == 'e' ? precision < INT_MAX : precision == 0)
		significant++;
	if (kind == 'f')
		request.places = precision;
	else
		request.significant = significant;

	char digits[__decimal_room(&request)];
	struct decimal decimal = { .room = sizeof(digits), .digit = digits };

	__decimal_convert(&decimal, &request);
	__decimal_round(&decimal, kind == 'f' ? (long)decimal.point + precision : significant);
	if (kind == 'f')
		format_fixed(output, spec, parts->sign, &decimal, precision);
	else if (kind == 'e')
		format_scientific(output, spec, parts->sign, &decimal, precision);
	else
		format_general(output, spec, parts->sign, &decimal, significant);
}

/* Hexadecimal digits behind the point: the mantissa is shifted so that its top four bits are the
 * digit before it. A long double has four bits there. A double has its leading bit, 1, or 0 if it
 * is one of those below the normal range, whose exponent then is that of the least normal one. */
struct hexadecimal {
	uint64_t mantissa;
	int exponent;
};

static struct hexadecimal split_hexadecimal(const struct parts *parts, bool is_long)
{
	struct hexadecimal hex = { .mantissa = parts->mantissa };

	if (parts->mantissa == 0)
		return hex;
	hex.exponent = parts->exponent + MANTISSA_BITS - (is_long ? 4 : 1);
	if (is_long)
		return hex;
	hex.mantissa >>= 3;
	if (hex.exponent < -1022) {
		hex.mantissa >>= -1022 - hex.exponent;
		hex.exponent = -1022;
	}
	return hex;
}

/* Rounds to a number of digits behind the point, ties to even. A carry out of the top is a fifth
 * bit before it. */
static void round_hexadecimal(struct hexadecimal *hex, int digits)
{
	int dropped = 60 - 4 * digits;
	uint64_t unit = 1ul << dropped, rest = hex->mantissa & (unit - 1), half = unit >> 1;

	hex->mantissa -= rest;
	if (rest > half || (rest == half && (hex->mantissa & unit))) {
		if (__builtin_add_overflow(hex->mantissa, unit, &hex->mantissa)) {
			hex->mantissa = 1ul << 60;
			hex->exponent += 4;
		}
	}
}

static void format_hexadecimal(
	struct format_output *output, const struct format_spec *spec, const struct parts *parts)
{
	const char *digit = is_capital(spec) ? "0123456789ABCDEF" : "0123456789abcdef";
	struct hexadecimal hex = split_hexadecimal(parts, spec->length == LENGTH_LONG_DOUBLE);
	char prefix[4], digits[16], exponent[EXPONENT_TEXT];
	int places = spec->precision, given = 0, length;
	bool has_point;
	size_t body;

	if (places >= 0 && places < 15)
		round_hexadecimal(&hex, places);
	digits[0] = digit[hex.mantissa >> 60];
	for (uint64_t rest = hex.mantissa << 4; rest && given < 15; rest <<= 4)
		digits[++given] = digit[rest >> 60];
	if (places < 0)
		places = given;
	has_point = places > 0 || spec->alternative;
	length = write_exponent(exponent, is_capital(spec) ? 'P' : 'p', hex.exponent, 1);
	body = (size_t)1 + has_point + places + length;
	__stpcpy(__stpcpy(prefix, parts->sign), is_capital(spec) ? "0X" : "0x");

	__format_open(output, spec, prefix, body);
	__format_put(output, digits, 1);
	__format_put(output, ".", has_point);
	__format_put(output, digits + 1, given);
	__format_pad(output, '0', places - given);
	__format_put(output, exponent, length);
	__format_close(output, spec, prefix, body);
}

void __format_float(struct format_output *output, const struct format_spec *spec, long double value)
{
	struct parts parts = take_apart(value, spec);
	struct format_spec plain = *spec;

	if (parts.special)
		format_special(output, &plain, &parts);
	else if ((spec->conversion | 0x20) == 'a')
		format_hexadecimal(output, spec, &parts);
	else
		format_decimal(output, spec, &parts);
}
