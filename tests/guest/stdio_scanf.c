/* scanf's conversions and what they count. */
#include "test.h"

int main(void)
{
	int a = 0, b = 0, n = 0;
	unsigned x = 0;
	char word[16], set[16], c = 0;
	double d = 0;

	CHECK_EQ(sscanf("12 -7 ff", "%d %d %x", &a, &b, &x), 3);
	CHECK(a == 12 && b == -7 && x == 0xff);
	CHECK_EQ(sscanf("  hello world", "%15s%n", word, &n), 1);
	CHECK_STR(word, "hello");
	CHECK_EQ(n, 7);
	CHECK_EQ(sscanf("abc123", "%15[a-z]%d", set, &a), 2);
	CHECK_STR(set, "abc");
	CHECK_EQ(a, 123);
	CHECK_EQ(sscanf("k=v", "k%c%*c", &c), 1);
	CHECK_EQ(c, '=');
	CHECK_EQ(sscanf("3.5e1", "%lf", &d), 1);
	CHECK(d == 35.0);
	CHECK_EQ(sscanf("", "%d", &a), EOF);
	CHECK_EQ(sscanf("x", "%d", &a), 0);
	CHECK_EQ(sscanf("12345", "%3d%d", &a, &b), 2);
	CHECK(a == 123 && b == 45);
	CHECK_EQ(sscanf("0x1A 077 9", "%i %i %i", &a, &b, &n), 3);
	CHECK(a == 26 && b == 63 && n == 9);
	PASS();
}
