/* strspn(3), strcspn(3), strpbrk(3): the set becomes a table of 256 bits first. */
#include <string.h>

#include "word.h"

struct byte_set {
	uint64_t bits[4];
};

static struct byte_set set_of(const char *text)
{
	struct byte_set set = { { 0 } };

	for (; *text; text++)
		set.bits[(unsigned char)*text / 64] |= 1ul << (unsigned char)*text % 64;
	return set;
}

static int set_contains(const struct byte_set *set, char c)
{
	return set->bits[(unsigned char)c / 64] >> (unsigned char)c % 64 & 1;
}

size_t strspn(const char *text, const char *bytes)
{
	struct byte_set set = set_of(bytes);
	const char *p = text;

	while (set_contains(&set, *p))
		p++;
	return p - text;
}

size_t strcspn(const char *text, const char *bytes)
{
	struct byte_set set = set_of(bytes);
	const char *p = text;

	while (*p && !set_contains(&set, *p))
		p++;
	return p - text;
}

char *strpbrk(const char *text, const char *bytes)
{
	text += strcspn(text, bytes);
	return *text ? (char *)text : NULL;
}
