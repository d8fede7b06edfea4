/* printf's conversions in the guest; tests/unit compares many more with another libc. */
#include "test.h"
#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#define CHECK_FORMAT(expected, ...)						\
	do {									\
		char text[256];							\
		int length = snprintf(text, sizeof(text), __VA_ARGS__);		\
		CHECK_STR(text, expected);					\
		CHECK_EQ(length, strlen(expected));				\
	} while (0)

int main(void)
{
	const char *volatile long_text = "long text";	/* else the compiler warns that it is cut */
	char small[4];

	CHECK_FORMAT("42 -42 +42 0042", "%d %d %+d %04d", 42, -42, 42, 42);
	CHECK_FORMAT("[   42] [42   ] [00042]", "[%5d] [%-5d] [%.5d]", 42, 42, 42);
	CHECK_FORMAT("ff FF 0xff 0377 0", "%x %X %#x %#o %#x", 255, 255, 255, 255, 0);
	CHECK_FORMAT("-9223372036854775808 18446744073709551615", "%ld %lu", LONG_MIN, ULONG_MAX);
	CHECK_FORMAT("-1 255 7", "%hhd %hhu %zu", (signed char)255, (unsigned char)255, (size_t)7);
	CHECK_FORMAT("abc [  abc] [ab ] %", "%s [%5s] [%-3.2s] %%", "abc", "abc", "abc");
	CHECK_FORMAT("x (nil) 0x10", "%c %p %p", 'x', NULL, (void *)16);
	CHECK_FORMAT("[      7] [7      ]", "[%*d] [%*d]", 7, 7, -7, 7);
	CHECK_FORMAT("3.142 3.14159 1e+06 1e-05", "%.3f %g %g %g", 3.14159265, 3.14159265, 1e6, 1e-5);
	CHECK_FORMAT("1.000000e+100 0.1", "%e %g", 1e100, 0.1);
	CHECK_FORMAT("0.1000000000000000055511151231257827", "%.34f", 0.1);
	CHECK_FORMAT("inf -inf nan", "%f %f %f", __builtin_inf(), -__builtin_inf(), __builtin_nan(""));
	CHECK_FORMAT("2 4 -0", "%.0f %.0f %.0f", 2.5, 3.5, -0.0);
	CHECK_FORMAT("0x1.8p+1", "%a", 3.0);
	CHECK_EQ(snprintf(small, sizeof(small), "%s", long_text), 9);
	CHECK_STR(small, "lon");
	CHECK_EQ(snprintf(NULL, 0, "%d", 12345), 5);
	PASS();
}
