/* strtol and its family, strtod: results, where they stop, and what they say about overflow. */
#include "test.h"
#include <limits.h>

#define CHECK_NUMBER(call, value, rest, error)			\
	do {							\
		char *end;					\
		errno = 0;					\
		CHECK((call) == (value));			\
		CHECK_STR(end, rest);				\
		CHECK_EQ(errno, error);				\
	} while (0)

int main(void)
{
	CHECK_NUMBER(strtol("  -42xyz", &end, 10), -42, "xyz", 0);
	CHECK_NUMBER(strtol("0x1fg", &end, 0), 0x1f, "g", 0);
	CHECK_NUMBER(strtol("0x", &end, 0), 0, "x", 0);
	CHECK_NUMBER(strtol("0755", &end, 0), 0755, "", 0);
	CHECK_NUMBER(strtol("zz", &end, 36), 35 * 36 + 35, "", 0);
	CHECK_NUMBER(strtol("9223372036854775808", &end, 10), LONG_MAX, "", ERANGE);
	CHECK_NUMBER(strtol("-9223372036854775809", &end, 10), LONG_MIN, "", ERANGE);
	CHECK_NUMBER(strtoul("18446744073709551616", &end, 10), ULONG_MAX, "", ERANGE);
	CHECK_NUMBER(strtoul("-1", &end, 10), ULONG_MAX, "", 0);
	CHECK_NUMBER(strtol("none", &end, 10), 0, "none", 0);
	CHECK_NUMBER(strtod("3.25e2x", &end), 325.0, "x", 0);
	CHECK_NUMBER(strtod("0x1.8p3", &end), 12.0, "", 0);
	CHECK_NUMBER(strtod(".5.", &end), 0.5, ".", 0);
	CHECK_NUMBER(strtod("1e", &end), 1.0, "e", 0);
	CHECK_NUMBER(strtod("9007199254740993", &end), 9007199254740992.0, "", 0);
	CHECK_EQ(atoi("-17"), -17);
	PASS();
}
