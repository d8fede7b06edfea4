/* The printf core: reads the format, and writes integers, characters and strings; format_float.c
 * has the numbers with a point. */

#include "format.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "names.h"

#define INTEGER_DIGITS 22	/* of 64 bits in octal */

struct formatter {
	struct format_output output;
	const char *format;
	va_list arguments;
	int error_number;	/* errno as it was at the start, for %m */
};

void __format_put(struct format_output *output, const char *bytes, size_t size)
{
	if (size > 0)
		output->sink->put(output->sink, bytes, size);
	output->total += size;
}

void __format_pad(struct format_output *output, char c, long count)
{
	char block[32];

	if (count <= 0)
		return;
	memset(block, c, sizeof(block));
	for (; count > (long)sizeof(block); count -= sizeof(block))
		__format_put(output, block, sizeof(block));
	__format_put(output, block, count);
}

void __format_open(struct format_output *output, const struct format_spec *spec, const char *prefix,
	size_t body)
{
	size_t length = strlen(prefix);
	long padding = spec->width - (long)length - (long)body;

	if (!spec->left && !spec->zero)
		__format_pad(output, ' ', padding);
	__format_put(output, prefix, length);
	if (!spec->left && spec->zero)
		__format_pad(output, '0', padding);
}

void __format_close(struct format_output *output, const struct format_spec *spec,
	const char *prefix, size_t body)
{
	if (spec->left)
		__format_pad(output, ' ', spec->width - (long)strlen(prefix) - (long)body);
}

/* Digits from nothing to the longest, written backwards from end; returns where they begin. None
 * for 0. */
static char *write_digits(char *end, uintmax_t value, char conversion)
{
	const char *digits = conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";

	switch (conversion) {
	case 'o':
		for (; value > 0; value >>= 3)
			*--end = '0' + (value & 7);
		break;
	case 'x':
	case 'X':
		for (; value > 0; value >>= 4)
			*--end = digits[value & 15];
		break;
	default:
		for (; value > 0; value /= 10)
			*--end = '0' + value % 10;
	}
	return end;
}

static void format_integer(
	struct format_output *output, struct format_spec *spec, uintmax_t value, const char *sign)
{
	char digits[INTEGER_DIGITS], *end = digits + sizeof(digits);
	char *first = write_digits(end, value, spec->conversion);
	int count = (int)(end - first);
	int minimum = spec->precision < 0 ? 1 : spec->precision;

	if (spec->precision >= 0)
		spec->zero = false;
	if (spec->alternative && spec->conversion == 'o' && minimum <= count)
		minimum = count + 1;
	if (spec->alternative && value > 0 && spec->conversion != 'o')
		sign = spec->conversion == 'X' ? "0X" : "0x";
	if (minimum < count)
		minimum = count;
	__format_open(output, spec, sign, minimum);
	__format_pad(output, '0', minimum - count);
	__format_put(output, first, count);
	__format_close(output, spec, sign, minimum);
}

static intmax_t next_signed(struct formatter *formatter, enum format_length length)
{
	switch (length) {
	case LENGTH_CHAR:
		return (signed char)va_arg(formatter->arguments, int);
	case LENGTH_SHORT:
		return (short)va_arg(formatter->arguments, int);
	case LENGTH_NONE:
		return va_arg(formatter->arguments, int);
	default:
		return va_arg(formatter->arguments, long);
	}
}

static uintmax_t next_unsigned(struct formatter *formatter, enum format_length length)
{
	switch (length) {
	case LENGTH_CHAR:
		return (unsigned char)va_arg(formatter->arguments, int);
	case LENGTH_SHORT:
		return (unsigned short)va_arg(formatter->arguments, int);
	case LENGTH_NONE:
		return va_arg(formatter->arguments, unsigned);
	default:
		return va_arg(formatter->arguments, unsigned long);
	}
}

static void format_signed(struct formatter *formatter, struct format_spec *spec)
{
	intmax_t value = next_signed(formatter, spec->length);
	const char *sign = value < 0 ? "-" : spec->plus ? "+" : spec->space ? " " : "";

	spec->alternative = false;
	format_integer(
		&formatter->output, spec, value < 0 ? -(uintmax_t)value : (uintmax_t)value, sign);
}

static void format_unsigned(struct formatter *formatter, struct format_spec *spec)
{
	if (spec->conversion == 'u')
		spec->alternative = false;
	format_integer(&formatter->output, spec, next_unsigned(formatter, spec->length), "");
}

static void format_text(
	struct format_output *output, struct format_spec *spec, const char *text, size_t size)
{
	spec->zero = false;
	__format_open(output, spec, "", size);
	__format_put(output, text, size);
	__format_close(output, spec, "", size);
}

static void format_string(struct format_output *output, struct format_spec *spec, const char *text)
{
	if (!text)
		text = spec->precision >= 0 && spec->precision < 6 ? "" : "(null)";
	format_text(output, spec, text,
		spec->precision < 0 ? strlen(text) : __strnlen(text, spec->precision));
}

static void format_pointer(struct formatter *formatter, struct format_spec *spec)
{
	uintptr_t value = (uintptr_t)va_arg(formatter->arguments, void *);

	if (!value) {
		format_text(&formatter->output, spec, "(nil)", 5);
		return;
	}
	spec->alternative = true;
	spec->conversion = 'x';
	format_integer(&formatter->output, spec, value, "");
}

static void store_total(struct formatter *formatter, enum format_length length)
{
	void *target = va_arg(formatter->arguments, void *);

	switch (length) {
	case LENGTH_CHAR:
		*(signed char *)target = (signed char)formatter->output.total;
		break;
	case LENGTH_SHORT:
		*(short *)target = (short)formatter->output.total;
		break;
	case LENGTH_NONE:
		*(int *)target = (int)formatter->output.total;
		break;
	default:
		*(long *)target = (long)formatter->output.total;
	}
}

static bool format_argument(struct formatter *formatter, struct format_spec *spec)
{
	struct format_output *output = &formatter->output;
	char c;

	switch (spec->conversion) {
	case 'd':
	case 'i':
		format_signed(formatter, spec);
		return true;
	case 'u':
	case 'o':
	case 'x':
	case 'X':
		format_unsigned(formatter, spec);
		return true;
	case 'e':
	case 'f':
	case 'g':
	case 'a':
	case 'E':
	case 'F':
	case 'G':
	case 'A':
		if (spec->length == LENGTH_LONG_DOUBLE)
			__format_float(output, spec, va_arg(formatter->arguments, long double));
		else
			__format_float(output, spec, va_arg(formatter->arguments, double));
		return true;
	case 'c':
		if (spec->length != LENGTH_NONE)
			return false;
		c = (char)va_arg(formatter->arguments, int);
		format_text(output, spec, &c, 1);
		return true;
	case 's':
		if (spec->length != LENGTH_NONE)
			return false;
		format_string(output, spec, va_arg(formatter->arguments, const char *));
		return true;
	case 'm':
		format_string(output, spec, strerror(formatter->error_number));
		return true;
	case 'p':
		format_pointer(formatter, spec);
		return true;
	case 'n':
		store_total(formatter, spec->length);
		return true;
	case '%':
		__format_put(output, "%", 1);
		return true;
	}
	return false;
}

static void read_flags(struct formatter *formatter, struct format_spec *spec)
{
	for (;; formatter->format++) {
		switch (*formatter->format) {
		case '-':
			spec->left = true;
			break;
		case '+':
			spec->plus = true;
			break;
		case ' ':
			spec->space = true;
			break;
		case '#':
			spec->alternative = true;
			break;
		case '0':
			spec->zero = true;
			break;
		case '\'':	/* groups thousands as the locale does: C's does not */
			break;
		default:
			return;
		}
	}
}

/* A decimal number or *, which takes an argument; false if the number is too large. No digits mean
 * 0. */
static bool read_number(struct formatter *formatter, int *number)
{
	*number = 0;
	if (*formatter->format == '*') {
		formatter->format++;
		*number = va_arg(formatter->arguments, int);
		return true;
	}
	for (; *formatter->format >= '0' && *formatter->format <= '9'; formatter->format++)
		if (__builtin_mul_overflow(*number, 10, number) ||
		    __builtin_add_overflow(*number, *formatter->format - '0', number))
			return false;
	return true;
}

static enum format_length read_length(struct formatter *formatter)
{
	switch (*formatter->format++) {
	case 'h':
		if (*formatter->format != 'h')
			return LENGTH_SHORT;
		formatter->format++;
		return LENGTH_CHAR;
	case 'l':
		if (*formatter->format != 'l')
			return LENGTH_LONG;
		formatter->format++;
		return LENGTH_LONG_LONG;
	case 'j':
		return LENGTH_MAX;
	case 'z':
		return LENGTH_SIZE;
	case 't':
		return LENGTH_PTRDIFF;
	case 'L':
		return LENGTH_LONG_DOUBLE;
	}
	formatter->format--;
	return LENGTH_NONE;
}

/* Reads what follows a % and writes it; 0 or an error number. */
static int format_conversion(struct formatter *formatter)
{
	struct format_spec spec = { .precision = -1 };

	read_flags(formatter, &spec);
	if (!read_number(formatter, &spec.width) || spec.width == INT_MIN)
		return EOVERFLOW;
	if (spec.width < 0) {
		spec.left = true;
		spec.width = -spec.width;
	}
	if (*formatter->format == '.') {
		formatter->format++;
		if (!read_number(formatter, &spec.precision))
			return EOVERFLOW;
	}
	spec.length = read_length(formatter);
	spec.conversion = *formatter->format;
	if (!spec.conversion || !format_argument(formatter, &spec))
		return EINVAL;
	formatter->format++;
	return 0;
}

int __format(struct format_sink *sink, const char *format, va_list arguments)
{
	struct formatter formatter = {.output.sink = sink, .format = format, .error_number = errno};
	int error = 0;

	va_copy(formatter.arguments, arguments);
	while (!error && *formatter.format) {
		size_t plain = __strchrnul(formatter.format, '%') - formatter.format;

		__format_put(&formatter.output, formatter.format, plain);
		formatter.format += plain;
		if (*formatter.format) {
			formatter.format++;
			error = format_conversion(&formatter);
		}
		if (formatter.output.total > INT_MAX)
			error = EOVERFLOW;
	}
	va_end(formatter.arguments);
	if (error) {
		errno = error;
		return -1;
	}
	return (int)formatter.output.total;
}
