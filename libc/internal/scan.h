/* Reading numbers character by character, from a string or a stream: what is under the strtol and
 * strtod families and scanf. */
#ifndef INTERNAL_SCAN_H
#define INTERNAL_SCAN_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct scan_source {
	const char *text; /* where the characters come from if file is NULL; its NUL is the end */
	FILE *file;
	size_t taken;		/* characters taken and not given back */
	size_t limit;		/* taken goes no further than this */
};

/* Of the caller's stream (file.h). */
int __fgetc_unlocked(FILE *file);
int __ungetc_unlocked(int c, FILE *file);

/* The next character, or EOF. */
static inline int scan_get(struct scan_source *source)
{
	int c;

	if (source->taken == source->limit)
		return EOF;
	c = source->file ? __fgetc_unlocked(source->file) : (unsigned char)source->text[source->taken];
	if (c == EOF || (c == 0 && !source->file))
		return EOF;
	source->taken++;
	return c;
}

/* Gives back the character taken last; nothing, if that was EOF. */
static inline void scan_unget(struct scan_source *source, int c)
{
	if (c == EOF)
		return;
	source->taken--;
	if (source->file)
		__ungetc_unlocked(c, source->file);
}

static inline struct scan_source scan_string(const char *text)
{
	return (struct scan_source) { .text = text, .limit = SIZE_MAX };
}

/* Takes white space. */
void __scan_space(struct scan_source *source);

/* Both functions take what can begin a number, and one character is given back. Where they had to
 * look further than the number goes ("0x" without a digit, "1e+"), source->taken is more than
 * valid, the count of characters at its end. Without any number, found is false. */
struct scan_integer {
	bool found;
	bool negative;
	bool overflow;		/* of the magnitude, which is then UINTMAX_MAX */
	uintmax_t magnitude;
	size_t valid;
};

/* Base 0, or 2 to 36, as in strtol(3). */
struct scan_integer __scan_integer(struct scan_source *source, int base);

/* The value within the type, or its limit, with errno ERANGE. */
intmax_t __scan_clamp_signed(const struct scan_integer *integer);
uintmax_t __scan_clamp_unsigned(const struct scan_integer *integer);

struct scan_float {
	bool found;
	bool out_of_range;	/* infinite, or denormal (or 0) and not exact */
	long double value;
	size_t valid;
};

/* A binary floating-point format: digits of the mantissa, the exponent of the least number's only
 * bit, and the least power of two that is too large. */
struct float_format {
	int bits;
	int least;
	int beyond;
	int digits;	/* no number halfway between two has more; a 1 stands for all further ones */
	int limit;	/* from 10^limit on everything is infinite, below 10^-limit all is 0 */
};

extern const struct float_format __float_format, __double_format, __long_double_format;

/* The number nearest to the text, ties to even, in the given format. */
struct scan_float __scan_float(struct scan_source *source, const struct float_format *format);

#endif
