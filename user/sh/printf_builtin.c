/* printf format [argument]...: conversions d i o u x X c s b, and those of floating-point numbers. */
#include "builtins.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **next;		/* arguments that are left */
static int status;
static bool stopped;		/* \c was in a %b */

static const char *take(void)
{
	return *next ? *next++ : NULL;
}

/* What stands behind a \: *at is moved behind it. zero: octal numbers begin with a 0 (%b). -1: it means nothing. */
static int escape(const char **at, bool zero)
{
	static const char letters[] = "abfnrtv\\\"'", meanings[] = "\a\b\f\n\r\t\v\\\"'";
	const char *letter = **at ? strchr(letters, **at) : NULL;
	int value = 0, digits = 3;

	if (letter) {
		++*at;
		return meanings[letter - letters];
	}
	if (**at < '0' || **at > '7')
		return -1;
	if (zero && **at == '0')
		++*at;
	while (digits-- > 0 && **at >= '0' && **at <= '7')
		value = value * 8 + *(*at)++ - '0';
	return value & 0xff;
}

/* The text of %b: its escapes are dealt with. */
static void unescape(const char *text, struct text *result)
{
	text_append(result, "", 0);
	while (*text && !stopped) {
		int c = *text++;

		if (c == '\\' && *text == 'c') {
			stopped = true;
		} else if (c == '\\') {
			int meaning = escape(&text, true);

			text_add(result, meaning >= 0 ? (char)meaning : '\\');
		} else {
			text_add(result, (char)c);
		}
	}
}

static void check_number(const char *text, const char *end)
{
	if (end != text && !*end && errno == 0)
		return;
	complain("printf: %s: %s", text, errno == ERANGE ? "too large" : "not a number");
	status = 1;
}

/* 'c stands for the number of c. */
static long take_integer(bool is_unsigned)
{
	const char *text = take();
	char *end;
	long value;

	if (!text)
		return 0;
	if (*text == '\'' || *text == '"')
		return (unsigned char)text[1];
	errno = 0;
	value = is_unsigned ? (long)strtoul(text, &end, 0) : strtol(text, &end, 0);
	check_number(text, end);
	return value;
}

static double take_float(void)
{
	const char *text = take();
	char *end;
	double value;

	if (!text)
		return 0;
	errno = 0;
	value = strtod(text, &end);
	check_number(text, end);
	return value;
}

/* specification: the flags of a conversion, with place for two characters more. width and precision: as in %*.*d, -1 for
 * no precision. */
static void print_one(char conversion, char *specification, int width, int precision)
{
	size_t length = strlen(specification);
	const char *text;
	struct text plain = { 0 };

	strcpy(specification + length, "*.*");
	length += 3;
	if (strchr("diouxX", conversion)) {
		specification[length++] = 'l';
		specification[length] = conversion;
		printf(specification, width, precision, take_integer(!strchr("di", conversion)));
	} else if (strchr("aAeEfFgG", conversion)) {
		specification[length] = conversion;
		printf(specification, width, precision, take_float());
	} else if (conversion == 'c') {
		text = take();
		strcpy(specification + length, "c");
		printf(specification, width, precision, text ? *text : '\0');
	} else {
		text = take();
		strcpy(specification + length, "s");
		if (conversion == 'b')
			unescape(text ? text : "", &plain);
		if (conversion == 'b' && width == 0 && precision < 0)
			fwrite(plain.bytes, 1, plain.length, stdout);
		else
			printf(specification, width, precision, plain.bytes ? plain.bytes : text ? text : "");
		text_free(&plain);
	}
}

/* A number, or * for the next argument. */
static int take_size(const char **at)
{
	char *end;
	long value;

	if (**at == '*') {
		++*at;
		return (int)take_integer(false);
	}
	value = strtol(*at, &end, 10);
	*at = end;
	return value > 0x7fffffff ? 0x7fffffff : (int)value;
}

/* A conversion, from behind its %; false if it is none. */
static bool convert(const char **at)
{
	char specification[16] = "%";
	size_t flags = strspn(*at, "-+ #0");
	int width = 0, precision = -1;

	if (flags > 5)
		return false;
	memcpy(specification + 1, *at, flags);
	specification[1 + flags] = '\0';
	*at += flags;
	if (**at == '*' || (**at >= '1' && **at <= '9'))
		width = take_size(at);
	if (**at == '.') {
		++*at;
		precision = **at >= '0' && **at <= '9' ? take_size(at) : **at == '*' ? take_size(at) : 0;
	}
	if (!**at || !strchr("diouxXcsbaAeEfFgG", **at))
		return false;
	print_one(*(*at)++, specification, width, precision);
	return true;
}

/* Goes through the format once; false if it is wrong. */
static bool print_format(const char *at)
{
	while (*at && !stopped) {
		const char *start = at;
		int c = *at++;

		if (c == '\\') {
			int meaning = escape(&at, false);

			c = meaning >= 0 ? meaning : c;
		} else if (c == '%' && *at == '%') {
			at++;
		} else if (c == '%') {
			if (!convert(&at)) {
				complain("printf: %s: not a conversion", start);
				return false;
			}
			continue;
		}
		putchar(c);
	}
	return true;
}

int builtin_printf(char **arguments)
{
	char **before;

	if (!arguments[1]) {
		complain("usage: printf FORMAT [ARGUMENT]...");
		return STATUS_USAGE;
	}
	next = arguments + 2;
	status = 0;
	stopped = false;
	do {
		before = next;
		if (!print_format(arguments[1]))
			return 1;
	} while (*next && next != before && !stopped);
	return status;
}
