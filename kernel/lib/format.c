/* One pass over the text: plain characters are copied, a conversion is read into a struct spec and
 * carried out. Output behind the end of the buffer is counted, not written. */
#include "lib/format.h"

#include "lib/string.h"

struct out {
	char *buffer;
	size_t size;
	size_t length;
};

struct spec {
	bool left, zero, alternate, plus, space;
	int width;
	int precision;		/* -1: none given */
	unsigned bytes;		/* of an integer argument */
	char conversion;
};

static void put(struct out *out, char c)
{
	if (out->length < out->size)
		out->buffer[out->length] = c;
	out->length++;
}

static void put_bytes(struct out *out, const char *bytes, size_t count)
{
	while (count-- > 0)
		put(out, *bytes++);
}

static void put_repeated(struct out *out, char c, long count)
{
	while (count-- > 0)
		put(out, c);
}

static const char *parse_flags(struct spec *spec, const char *text)
{
	for (;; text++) {
		if (*text == '-')
			spec->left = true;
		else if (*text == '0')
			spec->zero = true;
		else if (*text == '#')
			spec->alternate = true;
		else if (*text == '+')
			spec->plus = true;
		else if (*text == ' ')
			spec->space = true;
		else
			return text;
	}
}

static const char *parse_number(int *number, const char *text)
{
	*number = 0;
	while (*text >= '0' && *text <= '9')
		*number = *number * 10 + (*text++ - '0');
	return text;
}

static const char *parse_length(struct spec *spec, const char *text)
{
	switch (*text) {
	case 'h':
		spec->bytes = text[1] == 'h' ? sizeof(char) : sizeof(short);
		return text + (text[1] == 'h' ? 2 : 1);
	case 'l':
		spec->bytes = sizeof(long);
		return text + (text[1] == 'l' ? 2 : 1);
	case 'z':
	case 'j':
	case 't':
		spec->bytes = sizeof(long);
		return text + 1;
	default:
		spec->bytes = sizeof(int);
		return text;
	}
}

/* Writes prefix, zeros up to the precision, and digits, padded to the width. */
static void put_number(struct out *out, const struct spec *spec, const char *prefix,
		       const char *digits, int count)
{
	int prefix_length = strlen(prefix);
	int zeros = MAX(spec->precision - count, 0);
	int padding = spec->width - prefix_length - zeros - count;
	if (spec->zero && !spec->left && spec->precision < 0 && padding > 0) {
		zeros = padding;
		padding = 0;
	}
	if (!spec->left)
		put_repeated(out, ' ', padding);
	put_bytes(out, prefix, prefix_length);
	put_repeated(out, '0', zeros);
	put_bytes(out, digits, count);
	if (spec->left)
		put_repeated(out, ' ', padding);
}

static void put_unsigned(struct out *out, struct spec *spec, u64 value, const char *prefix)
{
	char digits[24];
	int at = sizeof(digits);
	bool upper = spec->conversion == 'X';
	unsigned base = upper || spec->conversion == 'x' ? 16 : spec->conversion == 'o' ? 8 : 10;
	const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	for (u64 rest = value; rest != 0; rest /= base)
		digits[--at] = set[rest % base];
	int count = sizeof(digits) - at;
	if (value == 0 && spec->precision < 0) {
		digits[--at] = '0';
		count = 1;
	} else if (base == 8 && spec->alternate && spec->precision <= count) {
		prefix = "0";
	} else if (base == 16 && spec->alternate && value != 0) {
		prefix = upper ? "0X" : "0x";
	}
	put_number(out, spec, prefix, &digits[at], count);
}

static void put_signed(struct out *out, struct spec *spec, s64 value)
{
	const char *sign = value < 0 ? "-" : spec->plus ? "+" : spec->space ? " " : "";
	put_unsigned(out, spec, value < 0 ? -(u64)value : (u64)value, sign);
}

static void put_string(struct out *out, const struct spec *spec, const char *string, size_t length)
{
	if (!spec->left)
		put_repeated(out, ' ', spec->width - (long)length);
	put_bytes(out, string, length);
	if (spec->left)
		put_repeated(out, ' ', spec->width - (long)length);
}

/* An integer argument as the length says. It was passed as an int if it is smaller than that. */
static u64 narrow(u64 value, unsigned bytes, bool is_signed)
{
	unsigned unused = 64 - 8 * bytes;
	return is_signed ? (u64)((s64)(value << unused) >> unused) : value << unused >> unused;
}

struct arguments {
	__builtin_va_list list;
};

static u64 next_integer(struct arguments *arguments, unsigned bytes, bool is_signed)
{
	if (bytes == sizeof(long))
		return __builtin_va_arg(arguments->list, u64);
	return narrow(__builtin_va_arg(arguments->list, unsigned), bytes, is_signed);
}

static const char *parse_spec(struct spec *spec, const char *text, struct arguments *arguments)
{
	*spec = (struct spec){ .precision = -1 };
	text = parse_flags(spec, text);
	if (*text == '*') {
		spec->width = __builtin_va_arg(arguments->list, int);
		text++;
	} else {
		text = parse_number(&spec->width, text);
	}
	if (spec->width < 0) {
		spec->left = true;
		spec->width = -spec->width;
	}
	if (*text == '.' && text[1] == '*') {
		spec->precision = MAX(__builtin_va_arg(arguments->list, int), -1);
		text += 2;
	} else if (*text == '.') {
		text = parse_number(&spec->precision, text + 1);
	}
	text = parse_length(spec, text);
	spec->conversion = *text;
	return text;
}

static void convert(struct out *out, struct spec *spec, struct arguments *arguments)
{
	switch (spec->conversion) {
	case 'd':
	case 'i':
		put_signed(out, spec, next_integer(arguments, spec->bytes, true));
		break;
	case 'u':
	case 'x':
	case 'X':
	case 'o':
		put_unsigned(out, spec, next_integer(arguments, spec->bytes, false), "");
		break;
	case 'p':
		spec->conversion = 'x';
		put_unsigned(out, spec, next_integer(arguments, sizeof(void *), false), "0x");
		break;
	case 'c': {
		char c = __builtin_va_arg(arguments->list, int);
		put_string(out, spec, &c, 1);
		break;
	}
	case 's': {
		const char *string = __builtin_va_arg(arguments->list, const char *);
		if (string == NULL)
			string = "(null)";
		put_string(out, spec, string,
			   spec->precision < 0 ? strlen(string) : strnlen(string, spec->precision));
		break;
	}
	default:	/* %% and what is not known: the character itself */
		put(out, spec->conversion);
	}
}

int format_v(char *buffer, size_t size, const char *text, __builtin_va_list list)
{
	struct out out = { buffer, size, 0 };
	struct arguments arguments;
	__builtin_va_copy(arguments.list, list);
	for (; *text != '\0'; text++) {
		struct spec spec;
		if (*text != '%') {
			put(&out, *text);
			continue;
		}
		text = parse_spec(&spec, text + 1, &arguments);
		if (spec.conversion == '\0')
			break;
		convert(&out, &spec, &arguments);
	}
	__builtin_va_end(arguments.list);
	if (size > 0)
		buffer[MIN(out.length, size - 1)] = '\0';
	return out.length;
}

int format(char *buffer, size_t size, const char *text, ...)
{
	__builtin_va_list arguments;
	__builtin_va_start(arguments, text);
	int length = format_v(buffer, size, text, arguments);
	__builtin_va_end(arguments);
	return length;
}
