/* Floating-point numbers from text (strtod(3)): what of the characters is the number. */
#include <ctype.h>

#include "float_number.h"

static int hexadecimal_value(int c)
{
	return isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* Takes digits with perhaps a point among them, from c on. Returns the character behind. */
static int take_digits(struct scan_source *source, int c, struct float_number *number,
	bool is_hexadecimal, struct scan_float *result)
{
	bool point = false;

	for (;; c = scan_get(source)) {
		if (c == '.' && !point) {
			point = true;
			if (result->found)
				result->valid = source->taken;
			continue;
		}
		if (is_hexadecimal ? !isxdigit(c) : !isdigit(c))
			return c;
		if (point)
			number->exponent -= is_hexadecimal ? 4 : 1;
		if (is_hexadecimal)
			__float_number_add_hexadecimal(number, hexadecimal_value(c));
		else
			__float_number_add_decimal(number, c - '0');
		result->found = true;
		result->valid = source->taken;
	}
}

/* Takes an exponent behind its letter, if that is c, and adds it. Returns the character behind. */
static int take_exponent(struct scan_source *source, int c, int letter, struct float_number *number,
			 struct scan_float *result)
{
	bool negative;
	long exponent = 0;

	if (!result->found || (c | 0x20) != letter)
		return c;
	c = scan_get(source);
	negative = c == '-';
	if (c == '-' || c == '+')
		c = scan_get(source);
	if (!isdigit(c))
		return c;
	for (; isdigit(c); c = scan_get(source)) {
		if (exponent < LONG_MAX / 20)
			exponent = exponent * 10 + (c - '0');
		result->valid = source->taken;
	}
	number->exponent += negative ? -exponent : exponent;
	return c;
}

/* Without digits other than zeros, the value is the 0 that the result has from the start. */
static int take_decimal(struct scan_source *source, int c, struct scan_float *result,
			const struct float_format *format)
{
	uint32_t words[DECIMAL_WORDS(format)];
	struct float_number number;

	__float_number_start(&number, format, words);
	c = take_digits(source, c, &number, false, result);
	c = take_exponent(source, c, 'e', &number, result);
	__float_number_convert_decimal(&number, result);
	return c;
}

/* What comes behind 0x. */
static int take_hexadecimal(struct scan_source *source, struct scan_float *result,
			    const struct float_format *format)
{
	uint32_t words[HEXADECIMAL_WORDS];
	struct float_number number;
	int c;

	__float_number_start(&number, format, words);
	result->found = false;
	c = take_digits(source, scan_get(source), &number, true, result);
	c = take_exponent(source, c, 'p', &number, result);
	__float_number_convert_hexadecimal(&number, result);
	return c;
}

/* Takes the rest of a word of which c may be the next letter. Returns the character behind what
 * fits. */
static int take_word(struct scan_source *source, int c, const char *word, bool *whole)
{
	for (; *word && (c | 0x20) == *word; word++)
		c = scan_get(source);
	*whole = !*word;
	return c;
}

/* "inf" or "infinity". The length that is valid is known by the character behind. */
static int take_infinity(struct scan_source *source, int c, struct scan_float *result)
{
	bool whole;

	c = take_word(source, c, "inf", &whole);
	if (!whole)
		return c;
	result->found = true;
	result->value = __builtin_infl();
	result->valid = source->taken - (c != EOF);
	c = take_word(source, c, "inity", &whole);
	if (whole)
		result->valid = source->taken - (c != EOF);
	return c;
}

/* "nan" or "nan(letters_and_digits)". */
static int take_nan(struct scan_source *source, int c, struct scan_float *result)
{
	bool whole;

	c = take_word(source, c, "nan", &whole);
	if (!whole)
		return c;
	result->found = true;
	result->value = __builtin_nanl("");
	result->valid = source->taken - (c != EOF);
	if (c != '(')
		return c;
	do
		c = scan_get(source);
	while (isalnum(c) || c == '_');
	if (c != ')')
		return c;
	result->valid = source->taken;
	return scan_get(source);
}

struct scan_float __scan_float(struct scan_source *source, const struct float_format *format)
{
	struct scan_float result = { .value = 0 };
	int c = scan_get(source);
	bool negative = c == '-';

	if (c == '-' || c == '+')
		c = scan_get(source);
	if ((c | 0x20) == 'i') {
		c = take_infinity(source, c, &result);
	} else if ((c | 0x20) == 'n') {
		c = take_nan(source, c, &result);
	} else if (c == '0') {
		struct scan_float zero = { .found = true, .valid = source->taken };

		c = scan_get(source);
		result = zero;
		if ((c | 0x20) == 'x') {
			c = take_hexadecimal(source, &result, format);
			if (!result.found)
				result = zero;
		} else {
			c = take_decimal(source, c, &result, format);
		}
	} else {
		c = take_decimal(source, c, &result, format);
	}
	scan_unget(source, c);
	if (negative && result.found)
		result.value = -result.value;
	return result;
}
