// unit: sources libc/stdio/format.c libc/stdio/format_float.c libc/stdio/decimal.c libc/stdlib/bignum.c
// unit: flags -Ilibc/internal -D_GNU_SOURCE -D__strchrnul=strchrnul -D__strnlen=strnlen -D__stpcpy=stpcpy
/* The printf core against the host's printf: every conversion with every combination of flags,
 * widths and precisions that are likely to disagree, and random values, of which all bits are
 * random. */
#include "unit.h"

#include <errno.h>
#include <float.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "format.h"

#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"

#define TEXT_SIZE 40000

struct text_sink {
	struct format_sink sink;
	char text[TEXT_SIZE];
	size_t length;
};

static void put(struct format_sink *sink, const char *bytes, size_t size)
{
	struct text_sink *text = (struct text_sink *)sink;

	memcpy(text->text + text->length, bytes, size);
	text->length += size;
}

static struct text_sink ours;
static char theirs[TEXT_SIZE];

static void compare(const char *format, ...)
{
	va_list arguments;
	int our_length, their_length;

	ours.sink.put = put;
	ours.length = 0;
	va_start(arguments, format);
	our_length = __format(&ours.sink, format, arguments);
	va_end(arguments);
	va_start(arguments, format);
	their_length = vsnprintf(theirs, sizeof(theirs), format, arguments);
	va_end(arguments);
	ours.text[ours.length] = 0;
	if (our_length != their_length || (size_t)our_length != ours.length ||
		strcmp(ours.text, theirs) != 0)
		unit_fail("%s gives \"%.200s\" (%d), not \"%.200s\" (%d)", format, ours.text,
			our_length, theirs, their_length);
}

/* Calls use(format) with all combinations of flags, widths and precisions before the conversion. */
static void for_each_format(const char *conversion, const char *const *precisions,
	int precision_count, void (*use)(const char *format))
{
	static const char *const widths[] = { "", "5", "24" };
	char format[64];

	for (int flags = 0; flags < 32; flags++) {
		for (size_t width = 0; width < sizeof(widths) / sizeof(widths[0]); width++) {
			for (int precision = 0; precision < precision_count; precision++) {
				snprintf(format, sizeof(format), "<%%%s%s%s%s%s%s%s%s>",
					flags & 1 ? "-" : "", flags & 2 ? "+" : "",
					flags & 4 ? " " : "", flags & 8 ? "#" : "",
					flags & 16 ? "0" : "", widths[width], precisions[precision],
					conversion);
				use(format);
			}
		}
	}
}

static const char *const integer_precisions[] = { "", ".", ".0", ".1", ".4", ".20" };

static void use_int(const char *format)
{
	static const int values[] = { 0, 1, -1, 7, 12345, -12345, INT_MAX, INT_MIN };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		compare(format, values[i]);
}

static void use_long(const char *format)
{
	static const long values[] = { 0, 1, -1, 255, 1234567890123, LONG_MAX, LONG_MIN };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		compare(format, values[i]);
}

static void integers(void)
{
	static const char *const int_conversions[] = {
		"d", "i", "u", "o", "x", "X", "hhd", "hd", "hhu", "hu", "hho", "hx", "hhX",
	};
	static const char *const long_conversions[] = {
		"ld", "lld", "jd", "zd", "td", "lu", "llo", "jx", "zX", "tu", "li",
	};

	for (size_t i = 0; i < sizeof(int_conversions) / sizeof(int_conversions[0]); i++)
		for_each_format(int_conversions[i], integer_precisions, 6, use_int);
	for (size_t i = 0; i < sizeof(long_conversions) / sizeof(long_conversions[0]); i++)
		for_each_format(long_conversions[i], integer_precisions, 6, use_long);
}

static void use_string(const char *format)
{
	compare(format, "");
	compare(format, "hello, world");
}

static void use_character(const char *format)
{
	compare(format, 'x');
}

static void strings(void)
{
	static const char *const precisions[] = { "", ".0", ".3", ".50" };
	static const char *const none[] = { "" };
	char unterminated[3] = { 'a', 'b', 'c' };

	for_each_format("s", precisions, 4, use_string);
	for_each_format("c", none, 1, use_character);
	compare("%p|%20p|%-20p|%p", &ours, &ours, &ours, NULL);
	compare("%10p|%-10p", NULL, NULL);
	compare("%.3s|%.*s", unterminated, 2, unterminated);
	compare("%s %10s", NULL, NULL);
	compare("100%% of %%d");
	compare("%*d|%-*d|%*d", 8, 42, 8, 42, -8, 42);
	compare("%.*d|%.*d|%.*d", 5, 42, -5, 42, INT_MIN, 42);
	errno = ENOENT;
	compare("%m %20m");
}

static void counts(void)
{
	int count = -1;
	signed char char_count = -1;
	long long long_count = -1;

	compare("12345%n%hhn%lln67", &count, &char_count, &long_count);
	if (count != 5 || char_count != 5 || long_count != 5)
		unit_fail("%%n stores %d %d %lld, not 5", count, char_count, long_count);
}

static int errno_of(const char *format, ...)
{
	va_list arguments;
	int result;

	ours.length = 0;
	errno = 0;
	va_start(arguments, format);
	result = __format(&ours.sink, format, arguments);
	va_end(arguments);
	return result == -1 ? errno : 0;
}

static void errors(void)
{
	static const char *const bad[] = { "%", "%5", "%y", "%ls", "%lc", "%1$d", "%.", "%l" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (errno_of(bad[i], L"wide") != EINVAL)
			unit_fail("\"%s\" is no EINVAL", bad[i]);
	if (errno_of("%99999999999d", 1) != EOVERFLOW || errno_of("%.2147483648d", 1) != EOVERFLOW)
		unit_fail("a number too large is no EOVERFLOW");
}

static const double special_doubles[] = {
	0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 3.5, 0.1, 0.125, 0.375, 0.05, 0.25, 0.75, 0.0001,
	0.00001, 123456.0, 1234567.0, 1e5, 1e6, 1e15, 1e16, 1e17, 1e22, 1e23, 1e100, 1e300, 1e-5,
	1e-10, 1e-100, 1e-300, DBL_MAX, DBL_MIN, -DBL_MAX, 5e-324, 2.2250738585072009e-308,
	DBL_EPSILON, 3.141592653589793, 2.718281828459045, 4503599627370497.5, 9007199254740992.0,
	0.3, 0.7, 1234.5678, 1e9, 1e18, 123456789012345678.0, __builtin_inf(), -__builtin_inf(),
	__builtin_nan(""),
};

static const double nines[] = {999999.5, 9.9999995, 9.99999949, 0.00009999995, 999999999.9999999,
	99.95, 0.96, 9.5, 99.5, 999999999.0};

static const char *const float_precisions[] = {
	"", ".0", ".1", ".2", ".5", ".10", ".15", ".17", ".40"};

static void use_double(const char *format)
{
	for (size_t i = 0; i < sizeof(special_doubles) / sizeof(special_doubles[0]); i++)
		compare(format, special_doubles[i]);
	/* Where rounding makes a power of ten, glibc 2.36 loses the zeros that %#g asks for. */
	if (strchr(format, '#') && strpbrk(format, "gG"))
		return;
	for (size_t i = 0; i < sizeof(nines) / sizeof(nines[0]); i++)
		compare(format, nines[i]);
}

static void doubles(void)
{
	static const char *const conversions[] = { "e", "f", "g", "a", "E", "F", "G", "A" };

	for (size_t i = 0; i < sizeof(conversions) / sizeof(conversions[0]); i++)
		for_each_format(conversions[i], float_precisions, 9, use_double);
}

static void use_long_double(const char *format)
{
	static const long double values[] = {
		0.0L,
		-0.0L,
		1.0L,
		0.1L,
		1e4000L,
		1e-4000L,
		LDBL_MAX,
		LDBL_MIN,
		3.6451995318824746025e-4951L,
		1.0L / 3,
		123456789.0L / 1024,
		__builtin_infl(),
		18446744073709551615.0L,
		0x1.fffffffffffffffep0L,
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		compare(format, values[i]);
}

static void long_doubles(void)
{
	static const char *const conversions[] = { "Le", "Lf", "Lg", "La" };
	static const char *const precisions[] = { "", ".0", ".3", ".20" };

	for (size_t i = 0; i < sizeof(conversions) / sizeof(conversions[0]); i++)
		for_each_format(conversions[i], precisions, 4, use_long_double);
}

/* All digits that there are, and more. */
static void many_digits(void)
{
	compare("%.1100f", 5e-324);
	compare("%.1100f", DBL_MAX);
	compare("%.1074e", 5e-324);
	compare("%.1100g", 4.9406564584124654e-322);
	compare("%#.1100g", 2.2250738585072009e-308);
	compare("%.16500Lf", 3.6451995318824746025e-4951L);
	compare("%.16450Lf", LDBL_MIN - 3.6451995318824746025e-4951L);
	compare("%.12000Le", LDBL_MIN - 3.6451995318824746025e-4951L);
	compare("%.11513Le", LDBL_MIN - 3.6451995318824746025e-4951L);
	compare("%.12000Lg", LDBL_MIN - 3.6451995318824746025e-4951L);
	compare("%.5000Lf", LDBL_MAX);
	compare("%30000d|%-3000.2500d", 5, 7);
}

static uint64_t random_bits(void)
{
	return unit_random(1ul << 32) << 32 | unit_random(1ul << 32);
}

static void random_values(void)
{
	static const char *const formats[] = {
		"%e", "%f", "%g", "%a", "%.0f", "%.3f", "%.17g", "%.15g", "%.3a", "%.0e", "%.1g",
		"%+.30f", "%#.5g", "%.0a", "%.12a", "%.13a", "%.14a",
	};
	static const char *const long_formats[] = {
		"%Le", "%.3Lf", "%Lg", "%La", "%.21Lg", "%.2La", "%.14La", "%.15La"};

	for (int i = 0; i < 40000; i++) {
		union {
			uint64_t bits;
			double value;
		} number = { .bits = random_bits() };

		if (i % 2)	/* few digits, as people write them */
			number.value = (double)(int64_t)(number.bits % 100000000) / 10000;
		compare(formats[i % (sizeof(formats) / sizeof(formats[0]))], number.value);
	}
	for (int i = 0; i < 1500; i++) {
		long double value = (long double)random_bits() *
			__builtin_ldexpl(1, (int)unit_random(32800) - 16500);

		compare(long_formats[i % (sizeof(long_formats) / sizeof(long_formats[0]))], value);
	}
}

int main(void)
{
	UNIT_CASE(integers);
	UNIT_CASE(strings);
	UNIT_CASE(counts);
	UNIT_CASE(errors);
	UNIT_CASE(doubles);
	UNIT_CASE(long_doubles);
	UNIT_CASE(many_digits);
	UNIT_CASE(random_values);
	return unit_done();
}
