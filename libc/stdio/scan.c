/* The scanf core: reads the format, and characters and strings; numbers are read as by strtol and
 * strtod. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "scan.h"
#include "scan_format.h"

#define SET_SIZE	(UCHAR_MAX + 1)

/* How reading went on. */
enum outcome {
	MATCHED,
	MISMATCHED,	/* the input is not what the format says */
	ENDED,		/* there is no input */
};

struct scanner {
	struct scan_source source;
	const char *format;
	va_list arguments;
	int assigned;		/* arguments that got a value */
};

struct conversion {
	bool suppressed;	/* "*": nothing is assigned */
	size_t width;		/* SIZE_MAX if none is given */
	enum { LENGTH_NONE, LENGTH_CHAR, LENGTH_SHORT, LENGTH_LONG, LENGTH_LONG_DOUBLE } length;
	char type;
	bool set[SET_SIZE];	/* %[: the characters that match */
};

static void store_integer(
	struct scanner *scanner, const struct conversion *conversion, uintmax_t value)
{
	void *target = va_arg(scanner->arguments, void *);

	switch (conversion->length) {
	case LENGTH_CHAR:
		*(unsigned char *)target = (unsigned char)value;
		break;
	case LENGTH_SHORT:
		*(unsigned short *)target = (unsigned short)value;
		break;
	case LENGTH_NONE:
		*(unsigned *)target = (unsigned)value;
		break;
	default:
		*(unsigned long *)target = value;
	}
}

static enum outcome read_integer(
	struct scanner *scanner, const struct conversion *conversion, int base, bool is_signed)
{
	struct scan_integer integer = __scan_integer(&scanner->source, base);

	if (!integer.found || integer.valid != scanner->source.taken)
		return MISMATCHED;
	if (conversion->suppressed)
		return MATCHED;
	store_integer(scanner, conversion,
		is_signed ? (uintmax_t)__scan_clamp_signed(&integer)
			  : __scan_clamp_unsigned(&integer));
	scanner->assigned++;
	return MATCHED;
}

/* What printf writes for %p: 0x..., or (nil). */
static enum outcome read_pointer(struct scanner *scanner, struct conversion *conversion)
{
	const char *nil = "(nil)";
	int c = scan_get(&scanner->source);

	conversion->length = LENGTH_LONG;
	if (c != '(') {
		scan_unget(&scanner->source, c);
		return read_integer(scanner, conversion, 16, false);
	}
	while (*nil && c == *nil) {
		nil++;
		c = *nil ? scan_get(&scanner->source) : 0;
	}
	if (*nil) {
		scan_unget(&scanner->source, c);
		return MISMATCHED;
	}
	if (!conversion->suppressed) {
		store_integer(scanner, conversion, 0);
		scanner->assigned++;
	}
	return MATCHED;
}

static enum outcome read_float(struct scanner *scanner, const struct conversion *conversion)
{
	const struct float_format *format = &__float_format;
	struct scan_float number;
	void *target;

	if (conversion->length != LENGTH_NONE)
		format = conversion->length == LENGTH_LONG ? &__double_format
							   : &__long_double_format;
	number = __scan_float(&scanner->source, format);
	if (!number.found || number.valid != scanner->source.taken)
		return MISMATCHED;
	if (conversion->suppressed)
		return MATCHED;
	target = va_arg(scanner->arguments, void *);
	if (conversion->length == LENGTH_NONE)
		*(float *)target = (float)number.value;
	else if (conversion->length == LENGTH_LONG)
		*(double *)target = (double)number.value;
	else
		*(long double *)target = number.value;
	scanner->assigned++;
	return MATCHED;
}

/* %c takes width characters, whatever they are. */
static enum outcome read_characters(struct scanner *scanner, const struct conversion *conversion)
{
	char *target = conversion->suppressed ? NULL : va_arg(scanner->arguments, char *);
	size_t left = conversion->width == SIZE_MAX ? 1 : conversion->width;

	scanner->source.limit = SIZE_MAX;
	for (; left > 0; left--) {
		int c = scan_get(&scanner->source);

		if (c == EOF)
			return MISMATCHED;
		if (target)
			*target++ = (char)c;
	}
	scanner->assigned += !conversion->suppressed;
	return MATCHED;
}

/* %s and %[ take characters of the set, and at least one. */
static enum outcome read_string(struct scanner *scanner, const struct conversion *conversion)
{
	char *target = conversion->suppressed ? NULL : va_arg(scanner->arguments, char *);
	size_t before = scanner->source.taken;
	int c;

	while ((c = scan_get(&scanner->source)) != EOF && conversion->set[c])
		if (target)
			*target++ = (char)c;
	scan_unget(&scanner->source, c);
	if (scanner->source.taken == before)
		return c == EOF ? ENDED : MISMATCHED;
	if (target)
		*target = 0;
	scanner->assigned += !conversion->suppressed;
	return MATCHED;
}

static void set_word_characters(struct conversion *conversion)
{
	for (int c = 0; c < SET_SIZE; c++)
		conversion->set[c] = !isspace(c);
}

/* Reads a set behind its [; false if it has no end. */
static bool read_set(struct scanner *scanner, struct conversion *conversion)
{
	const unsigned char *next = (const unsigned char *)scanner->format;
	bool inverted = *next == '^';
	const unsigned char *first;

	next += inverted;
	memset(conversion->set, inverted, sizeof(conversion->set));
	for (first = next; *next && (*next != ']' || next == first); next++) {
		int low = *next, high = low;

		if (next[1] == '-' && next[2] && next[2] != ']') {
			high = next[2];
			next += 2;
		}
		for (int c = low; c <= high; c++)
			conversion->set[c] = !inverted;
	}
	if (*next != ']')
		return false;
	scanner->format = (const char *)next + 1;
	return true;
}

static void read_length(struct scanner *scanner, struct conversion *conversion)
{
	switch (*scanner->format++) {
	case 'h':
		conversion->length = LENGTH_SHORT;
		if (*scanner->format == 'h') {
			conversion->length = LENGTH_CHAR;
			scanner->format++;
		}
		return;
	case 'l':
		conversion->length = LENGTH_LONG;
		if (*scanner->format == 'l')
			scanner->format++;
		return;
	case 'j':
	case 'z':
	case 't':
		conversion->length = LENGTH_LONG;
		return;
	case 'L':
		conversion->length = LENGTH_LONG_DOUBLE;
		return;
	}
	scanner->format--;
}

static void read_conversion(struct scanner *scanner, struct conversion *conversion)
{
	*conversion = (struct conversion) { .width = SIZE_MAX };
	if (*scanner->format == '*') {
		conversion->suppressed = true;
		scanner->format++;
	}
	if (isdigit((unsigned char)*scanner->format)) {
		conversion->width = 0;
		for (; isdigit((unsigned char)*scanner->format); scanner->format++)
			if (conversion->width < INT_MAX)
				conversion->width =
					conversion->width * 10 + (*scanner->format - '0');
	}
	read_length(scanner, conversion);
	conversion->type = *scanner->format;
	if (conversion->type)
		scanner->format++;
}

static enum outcome convert(struct scanner *scanner, struct conversion *conversion)
{
	switch (conversion->type) {
	case 'd':
		return read_integer(scanner, conversion, 10, true);
	case 'i':
		return read_integer(scanner, conversion, 0, true);
	case 'u':
		return read_integer(scanner, conversion, 10, false);
	case 'o':
		return read_integer(scanner, conversion, 8, false);
	case 'x':
	case 'X':
		return read_integer(scanner, conversion, 16, false);
	case 'p':
		return read_pointer(scanner, conversion);
	case 'a':
	case 'e':
	case 'f':
	case 'g':
	case 'A':
	case 'E':
	case 'F':
	case 'G':
		return read_float(scanner, conversion);
	case 's':
		set_word_characters(conversion);
		return read_string(scanner, conversion);
	case '[':
		return read_set(scanner, conversion) ? read_string(scanner, conversion)
						     : MISMATCHED;
	case 'c':
		return read_characters(scanner, conversion);
	}
	return MISMATCHED;
}

static enum outcome scan_literal(struct scanner *scanner, char expected)
{
	int c = scan_get(&scanner->source);

	if (c == (unsigned char)expected)
		return MATCHED;
	scan_unget(&scanner->source, c);
	return c == EOF ? ENDED : MISMATCHED;
}

/* One conversion, behind its %. All but %c, %[ and %n skip white space first, which does not count
 * for the width. */
static enum outcome scan_conversion(struct scanner *scanner)
{
	struct conversion conversion;
	enum outcome outcome;
	int c;

	read_conversion(scanner, &conversion);
	if (conversion.type == 'n') {
		if (!conversion.suppressed)
			store_integer(scanner, &conversion, scanner->source.taken);
		return MATCHED;
	}
	if (conversion.type != 'c' && conversion.type != '[')
		__scan_space(&scanner->source);
	if (conversion.type == '%')
		return scan_literal(scanner, '%');
	c = scan_get(&scanner->source);
	if (c == EOF)
		return ENDED;
	scan_unget(&scanner->source, c);
	if (conversion.width != SIZE_MAX)
		scanner->source.limit = scanner->source.taken + conversion.width;
	outcome = convert(scanner, &conversion);
	scanner->source.limit = SIZE_MAX;
	return outcome;
}

int __scan(const struct scan_source *source, const char *format, va_list arguments)
{
	struct scanner scanner = { .source = *source, .format = format };
	enum outcome outcome = MATCHED;

	va_copy(scanner.arguments, arguments);
	while (outcome == MATCHED && *scanner.format) {
		char c = *scanner.format++;

		if (isspace((unsigned char)c))
			__scan_space(&scanner.source);
		else if (c == '%')
			outcome = scan_conversion(&scanner);
		else
			outcome = scan_literal(&scanner, c);
	}
	va_end(scanner.arguments);
	return outcome == ENDED && scanner.assigned == 0 ? EOF : scanner.assigned;
}
