// unit: sources libc/stdlib/integer_scan.c libc/stdlib/float_scan.c libc/stdlib/float_number.c
// unit: sources libc/stdlib/bignum.c flags -Ilibc/internal -D__fgetc_unlocked=getc -D__ungetc_unlocked=ungetc
/* Numbers from text against the host's strtol and strtod: value, end and errno, for hard cases and
 * for random ones. The hard ones for floating point are the numbers halfway between two neighbours,
 * written with all their digits. */
#include "unit.h"

#include <errno.h>
#include <float.h>
#include <string.h>

#include "scan.h"

#define TEXT_SIZE 20000

static uint64_t random_bits(void)
{
	return unit_random(1ul << 32) << 32 | unit_random(1ul << 32);
}

static void compare_integer(const char *text, int base)
{
	struct scan_source source = scan_string(text);
	struct scan_integer integer;
	char *end;
	long expected;
	unsigned long expected_unsigned;
	int expected_errno;

	__scan_space(&source);
	integer = __scan_integer(&source, base);
	errno = 0;
	expected = strtol(text, &end, base);
	expected_errno = errno == ERANGE ? ERANGE : 0;
	errno = 0;
	if (__scan_clamp_signed(&integer) != expected || errno != expected_errno ||
	    (integer.found ? integer.valid : 0) != (size_t)(end - text))
		unit_fail("\"%s\" base %d: %ld errno %d end %zu, not %ld errno %d end %td", text,
			base, __scan_clamp_signed(&integer), errno, integer.valid, expected,
			expected_errno, end - text);
	errno = 0;
	expected_unsigned = strtoul(text, &end, base);
	expected_errno = errno == ERANGE ? ERANGE : 0;
	errno = 0;
	if (__scan_clamp_unsigned(&integer) != expected_unsigned || errno != expected_errno)
		unit_fail("\"%s\" base %d: %lu, not %lu", text, base,
			__scan_clamp_unsigned(&integer), expected_unsigned);
}

static void integers(void)
{
	static const char *const texts[] = {
		"", " ", "0", "00", "-0", "+5", "+-5", "- 5", "  42abc", "0x", "0xg", "0x1F",
		"-0x1f", "0X1fz", "x1", "08", "077", "789", "9223372036854775807",
		"9223372036854775808", "-9223372036854775808", "-9223372036854775809",
		"18446744073709551615", "18446744073709551616", "-18446744073709551615",
		"99999999999999999999999999z", "zzzzzzzzzzzzzzzzzzzz", "\t\n\v\f\r 7", "1e5",
		"0x0x1", "--1", "1 2",
	};
	static const int bases[] = { 0, 2, 7, 8, 10, 16, 35, 36 };
	char text[64];

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (size_t base = 0; base < sizeof(bases) / sizeof(bases[0]); base++)
			compare_integer(texts[i], bases[base]);
	for (int i = 0; i < 20000; i++) {
		snprintf(text, sizeof(text), i % 2 ? "%ld!" : "%lx.",
			(long)random_bits() >> unit_random(64));
		compare_integer(text, i % 3 ? 10 : 16);
	}
}

static bool same_double(double left, double right)
{
	return memcmp(&left, &right, sizeof(left)) == 0 || (left != left && right != right);
}

static void compare_double(const char *text)
{
	struct scan_source source = scan_string(text);
	struct scan_float number;
	char *end;
	double expected;
	bool out_of_range;

	__scan_space(&source);
	number = __scan_float(&source, &__double_format);
	errno = 0;
	expected = strtod(text, &end);
	out_of_range = errno == ERANGE;
	if (!same_double((double)number.value, expected) || number.out_of_range != out_of_range ||
	    (number.found ? number.valid : 0) != (size_t)(end - text))
		unit_fail("\"%.100s\": %a range %d end %zu, not %a range %d end %td", text,
			(double)number.value, number.out_of_range, number.valid, expected,
			out_of_range, end - text);
}

static void compare_float(const char *text)
{
	struct scan_source source = scan_string(text);
	struct scan_float number = __scan_float(&source, &__float_format);
	float expected = strtof(text, NULL);

	if ((float)number.value != expected || number.value != (float)number.value)
		unit_fail("\"%.100s\": %La, not %a", text, number.value, expected);
}

static void compare_long_double(const char *text)
{
	struct scan_source source = scan_string(text);
	struct scan_float number = __scan_float(&source, &__long_double_format);
	long double expected = strtold(text, NULL);

	if (number.value != expected)
		unit_fail("\"%.100s\": %La, not %La", text, number.value, expected);
}

static void floats(void)
{
	static const char *const texts[] = {
		"", ".", "-", "+.", "e5", ".e5", "0", "-0", "0.0", ".5", "5.", "5.e1", "1e", "1e+",
		"1e-x", "1e5x", "1.5.5", " \t1", "0x", "0x.", "0x1", "0x.8", "0x1.8p", "0x1.8p+",
		"0x1.8p3", "0x1p-1074", "0x1p-1075", "0x1.8p-1075", "0x1.8p-1074", "0x1p1023",
		"0x1p1024", "0x1.fffffffffffff7p1023", "0x1.fffffffffffff8p1023",
		"0x1.00000000000008p0", "0x1.00000000000018p0", "0x1.000000000000080000000000001p0",
		"0xp1", "0x0p99999", "0x123456789abcdef0123456789", "inf", "INF", "-Infinity",
		"infinit", "infx", "in", "nan", "-NaN", "nan(", "nan(12_a)", "nan(1-2)", "na",
		"1e400", "-1e400", "1e-400", "1e99999999999999999999", "1e-99999999999999999999",
		"0e99999999999", "0.00000000000000000000000000000000000000001e41",
		"1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308",
		"2.2250738585072014e-308", "2.2250738585072011e-308", "4.9406564584124654e-324",
		"2.4703282292062327e-324", "2.4703282292062328e-324", "9007199254740993",
		"9007199254740992.99999999999999999999999999999999",
		"9007199254740993.0000000000000000000000000000001",
		"123456789012345678901234567890", "1e22", "1e23", "8.5e22", "123456789012345e22",
		"1e-22", "1e-23",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		compare_double(texts[i]);
}

/* Prints with so many digits that it is exact, and looks at the neighbourhood. */
static void compare_around(char *text)
{
	size_t length = strlen(text);
	char *exponent = strchr(text, 'e');
	char tail[16];

	compare_double(text);
	compare_float(text);
	compare_long_double(text);
	if (!exponent || length + 3 > TEXT_SIZE)
		return;
	snprintf(tail, sizeof(tail), "%s", exponent);
	snprintf(exponent, sizeof(tail) + 1, "1%s", tail);
	compare_double(text);
	compare_float(text);
	compare_long_double(text);
}

static void halfway(void)
{
	static char text[TEXT_SIZE];

	for (int i = 0; i < 3000; i++) {
		union {
			uint64_t bits;
			double value;
		} number = { .bits = random_bits() >> 1 };
		long double half;

		if (i % 5 == 0)
			number.bits &= (1ul << 53) - 1;	/* denormal, or nearly */
		if (number.value != number.value || number.value > DBL_MAX)
			continue;
		number.bits++;
		half = number.value;
		number.bits--;
		half = (half + number.value) / 2;
		snprintf(text, sizeof(text), "%.*Le", i % 4 ? 800 : 17, half);
		compare_around(text);
		snprintf(text, sizeof(text), "%.17g", number.value);
		compare_around(text);
		snprintf(text, sizeof(text), "%.*e", (int)unit_random(25), number.value);
		compare_around(text);
	}
}

static void halfway_float(void)
{
	char text[256];

	for (int i = 0; i < 5000; i++) {
		union {
			uint32_t bits;
			float value;
		} number = { .bits = (uint32_t)unit_random(0x7f7fffff) };
		double half = number.value;

		number.bits++;
		half = (half + number.value) / 2;
		snprintf(text, sizeof(text), "%.200e", half);
		compare_around(text);
	}
}

static void long_doubles(void)
{
	static char text[TEXT_SIZE];
	static const char *const hard[] = {
		"3.6451995318824746025e-4951", "1.8225997659412373012e-4951",
		"1.8225997659412373013e-4951", "1.18973149535723176502e+4932",
		"1.18973149535723176508575932662800702e+4932", "3.3621031431120935063e-4932",
		"0x1p-16445", "0x1p-16446", "0x1.8p-16446", "0x1.fffffffffffffffep16383",
		"0x1.ffffffffffffffffp16383",
	};

	for (size_t i = 0; i < sizeof(hard) / sizeof(hard[0]); i++)
		compare_long_double(hard[i]);
	for (int i = 0; i < 300; i++) {
		long double value = __builtin_ldexpl(
			(long double)random_bits(), (int)unit_random(32700) - 16445);

		snprintf(text, sizeof(text), "%.*Le", i % 10 ? 25 : 16500, value);
		compare_long_double(text);
	}
}

int main(void)
{
	UNIT_CASE(integers);
	UNIT_CASE(floats);
	UNIT_CASE(halfway);
	UNIT_CASE(halfway_float);
	UNIT_CASE(long_doubles);
	return unit_done();
}
