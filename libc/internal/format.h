/* The one core under all functions of the printf family. It knows nothing of streams: whoever calls
 * it gives a sink. */
#ifndef INTERNAL_FORMAT_H
#define INTERNAL_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct format_sink {
	/* Takes the next bytes. Cannot fail: a sink remembers its errors itself. */
	void (*put)(struct format_sink *sink, const char *bytes, size_t size);
};

/* Writes the arguments as the format says (printf(3)) and returns how many bytes that were, or -1
 * with errno set to EINVAL (a conversion that does not exist, or %n$, %ls, %lc, which this libc
 * does not have) or EOVERFLOW. */
int __format(struct format_sink *sink, const char *format, va_list arguments);

/* Inside the core: one conversion. */
struct format_spec {
	bool left, plus, space, alternative, zero;	/* the flags - + space # 0 */
	int width;
	int precision;		/* negative: none given */
	enum format_length {
		LENGTH_NONE,
		LENGTH_CHAR,
		LENGTH_SHORT,
		LENGTH_LONG,
		LENGTH_LONG_LONG,
		LENGTH_MAX,
		LENGTH_SIZE,
		LENGTH_PTRDIFF,
		LENGTH_LONG_DOUBLE
	} length;
	char conversion;
};

/* Inside the core: the sink, and how much went there. */
struct format_output {
	struct format_sink *sink;
	size_t total;
};

void __format_put(struct format_output *output, const char *bytes, size_t size);
void __format_pad(struct format_output *output, char c, long count);

/* A field is what stands before it up to the width, the prefix (sign, 0x), zeros up to the width,
 * and the body of the given size, which the caller puts between open and close. */
void __format_open(struct format_output *output, const struct format_spec *spec, const char *prefix,
	size_t body);
void __format_close(struct format_output *output, const struct format_spec *spec,
	const char *prefix, size_t body);

/* e f g a, and the capital ones. */
void __format_float(
	struct format_output *output, const struct format_spec *spec, long double value);

#endif
