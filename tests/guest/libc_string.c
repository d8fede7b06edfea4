/* string.h: copies that overlap, searches, and edges of size 0, over every alignment of both sides. */
#include "test.h"

static void check_copies(void)
{
	unsigned char from[300], to[300];

	for (size_t i = 0; i < sizeof(from); i++)
		from[i] = (unsigned char)(i * 7 + 1);
	for (size_t a = 0; a < 17; a++) {
		for (size_t size = 0; size < 200; size += 3) {
			memset(to, 0xee, sizeof(to));
			CHECK(memcpy(to + a, from + 5, size) == to + a);
			CHECK_EQ(memcmp(to + a, from + 5, size), 0);
			CHECK_EQ(to[a + size], 0xee);
			CHECK(a == 0 || to[a - 1] == 0xee);
		}
	}
}

static void check_overlap(void)
{
	char text[64];

	strcpy(text, "0123456789abcdefghijklmnopqrstuvwxyz");
	memmove(text + 1, text, 36);
	CHECK_EQ(strncmp(text, "00123456789abcdefghijklmnopqrstuvwxyz", 37), 0);
	memmove(text, text + 1, 36);
	CHECK_EQ(strncmp(text, "0123456789abcdefghijklmnopqrstuvwxyz", 36), 0);
}

int main(void)
{
	char text[32], *rest;

	check_copies();
	check_overlap();
	CHECK_EQ(strlen(""), 0);
	CHECK(strcmp("a", "b") < 0 && strcmp("b", "a") > 0 && strcmp("\xff", "a") > 0);
	CHECK_EQ(strncmp("abc", "abd", 2), 0);
	CHECK_STR(strchr("hello", 'l'), "llo");
	CHECK(strchr("hello", 'z') == NULL);
	CHECK_STR(strchr("hello", '\0'), "");
	CHECK_STR(strrchr("hello", 'l'), "lo");
	CHECK_STR(strstr("haystack with needle", "need"), "needle");
	CHECK_STR(strstr("x", ""), "x");
	CHECK(strstr("aaab", "aab") != NULL && strstr("ab", "abc") == NULL);
	CHECK(memchr("abc", 'd', 3) == NULL);
	CHECK_EQ(strspn("aabbc", "ab"), 4);
	CHECK_EQ(strcspn("hello", "lo"), 2);
	strcpy(text, "a,b,,c");
	CHECK_STR(strtok_r(text, ",", &rest), "a");
	CHECK_STR(strtok_r(NULL, ",", &rest), "b");
	CHECK_STR(strtok_r(NULL, ",", &rest), "c");
	CHECK(strtok_r(NULL, ",", &rest) == NULL);
	memset(text, 'x', sizeof(text));
	strncpy(text, "ab", 4);
	CHECK_EQ(memcmp(text, "ab\0\0x", 5), 0);
	CHECK_STR(strerror(ENOENT), "No such file or directory");
	PASS();
}
