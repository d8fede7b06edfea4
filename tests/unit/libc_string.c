// unit: sources libc/string/memccpy.c libc/string/memchr.c libc/string/memcmp.c libc/string/memcpy.c
// unit: sources libc/string/memmem.c libc/string/memmove.c libc/string/mempcpy.c libc/string/memrchr.c
// unit: sources libc/string/memset.c libc/string/search.c libc/string/stpcpy.c libc/string/stpncpy.c
// unit: sources libc/string/strcasecmp.c libc/string/strcat.c libc/string/strchr.c libc/string/strcmp.c
// unit: sources libc/string/strcpy.c libc/string/strlcat.c libc/string/strlcpy.c libc/string/strlen.c
// unit: sources libc/string/strsep.c libc/string/strspn.c libc/string/strstr.c libc/string/strtok.c
// unit: flags -Ilibc/internal -D_GNU_SOURCE -fno-builtin -include tests/unit/libc_string.h
/* The string functions against the obvious loops: at all alignments, at all short lengths, with the
 * memory ending at a page behind which nothing is mapped, so that a byte too many is a fault. */
#include "unit.h"

#include <string.h>
#include <sys/mman.h>

#define PAGE		4096
#define AREA		(2 * PAGE)
#define LENGTHS		70
#define ALIGNMENTS	9

static unsigned char *left_end, *right_end;	/* nothing is mapped from here on */

static unsigned char *map_before_guard(void)
{
	unsigned char *area =
		mmap(NULL, AREA + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED || mprotect(area + AREA, PAGE, PROT_NONE) != 0)
		unit_fail("no memory");
	return area + AREA;
}

static void fill(unsigned char *memory, size_t size, unsigned choices)
{
	for (size_t i = 0; i < size; i++)
		memory[i] = (unsigned char)(1 + unit_random(choices));
}

/* Lengths to try: all short ones, and some around the places where the functions change their
 * way. */
static size_t length_of(int i)
{
	static const size_t longer[] = {
		127, 128, 129, 255, 256, 257, 258, 263, 264, 511, 512, 1000, 3000};

	return i < LENGTHS ? (size_t)i : longer[i - LENGTHS];
}

#define ALL_LENGTHS (LENGTHS + 13)

static void copies(void)
{
	static unsigned char expected[AREA];

	for (int i = 0; i < ALL_LENGTHS; i++) {
		size_t size = length_of(i);

		for (int from = 0; from < ALIGNMENTS; from++) {
			for (int to = 0; to < ALIGNMENTS; to++) {
				unsigned char *source = left_end - size - from,
					      *target = right_end - size - to;

				fill(source, size, 250);
				fill(right_end - AREA, AREA, 250);
				for (size_t j = 0; j < AREA; j++)
					expected[j] = right_end[(long)j - AREA];
				for (size_t j = 0; j < size; j++)
					expected[AREA - size - to + j] = source[j];
				UNIT_CHECK(memcpy(target, source, size) == target);
				for (size_t j = 0; j < AREA; j++)
					if (expected[j] != right_end[(long)j - AREA])
						unit_fail("memcpy of %zu from -%d to -%d: byte %zu",
							size, from, to, j);
			}
		}
	}
}

static void moves(void)
{
	static unsigned char expected[AREA];
	unsigned char *area = left_end - AREA;

	for (int i = 0; i < ALL_LENGTHS; i++) {
		size_t size = length_of(i);

		for (int shift = -40; shift <= 40; shift++) {
			unsigned char *from = left_end - size - 40, *to = from + shift;

			fill(area, AREA, 250);
			for (size_t j = 0; j < AREA; j++)
				expected[j] = area[j];
			for (size_t j = 0; j < size; j++)
				expected[to - area + j] = from[j];
			UNIT_CHECK(memmove(to, from, size) == to);
			for (size_t j = 0; j < AREA; j++)
				if (expected[j] != area[j])
					unit_fail("memmove of %zu by %d: byte %zu", size, shift, j);
		}
	}
}

static void sets(void)
{
	for (int i = 0; i < ALL_LENGTHS; i++) {
		size_t size = length_of(i);

		for (int offset = 0; offset < ALIGNMENTS; offset++) {
			unsigned char *start = left_end - size - offset;

			for (unsigned char *p = left_end - AREA; p < left_end; p++)
				*p = 7;
			UNIT_CHECK(memset(start, 0x1a5, size) == start);
			for (unsigned char *p = left_end - AREA; p < left_end; p++)
				if (*p != (p >= start && p < start + size ? 0xa5 : 7))
					unit_fail("memset of %zu at -%d: %td", size, offset,
						p - start);
		}
	}
}

static int sign(int value)
{
	return (value > 0) - (value < 0);
}

static int naive_compare(
	const unsigned char *left, const unsigned char *right, size_t size, int stop_at_nul)
{
	for (size_t i = 0; i < size; i++) {
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
		if (stop_at_nul && !left[i])
			break;
	}
	return 0;
}

static void comparisons(void)
{
	for (int round = 0; round < 40000; round++) {
		size_t size = unit_random(LENGTHS) + 1;
		unsigned char *left = left_end - size, *right = right_end - size;

		fill(left, size, 255);
		for (size_t i = 0; i < size; i++)
			right[i] = left[i];
		left[size - 1] = right[size - 1] = 0;
		if (round % 4)
			right[unit_random(size)] ^= 1 << unit_random(8);
		UNIT_CHECK(sign(memcmp(left, right, size)) == naive_compare(left, right, size, 0));
		if (right[size - 1])
			continue;
		UNIT_CHECK(sign(strcmp((char *)left, (char *)right)) ==
			naive_compare(left, right, size, 1));
		for (size_t limit = 0; limit < size + 2; limit += 3)
			UNIT_CHECK(sign(strncmp((char *)left, (char *)right, limit)) ==
				   naive_compare(left, right, limit < size ? limit : size, 1));
	}
	UNIT_CHECK(strcasecmp("HeLLo", "hEllO") == 0 && strcasecmp("a", "B") < 0 &&
		strcasecmp("[", "a") < 0);
	UNIT_CHECK(strncasecmp("abcX", "ABCy", 3) == 0 && strncasecmp("abcX", "ABCy", 4) < 0);
}

static void lengths_and_searches(void)
{
	for (size_t length = 0; length < 200; length++) {
		char *text = (char *)right_end - length - 1;
		int wanted = (int)unit_random(6);
		char *first = NULL, *last = NULL;

		fill((unsigned char *)text, length, 5);
		text[length] = 0;
		for (size_t i = 0; i <= length; i++) {
			if (text[i] == wanted) {
				first = first ? first : text + i;
				last = text + i;
			}
		}
		UNIT_CHECK(strlen(text) == length);
		UNIT_CHECK(strnlen(text, length / 2) == length / 2 &&
			strnlen(text, length + 9) == length);
		UNIT_CHECK(strchr(text, wanted) == first);
		UNIT_CHECK(strrchr(text, wanted) == last);
		UNIT_CHECK(strchrnul(text, wanted) == (first ? first : text + length));
		UNIT_CHECK(memchr(text, wanted, length + 1) == first);
		UNIT_CHECK(memrchr(text, wanted, length + 1) == last);
		UNIT_CHECK(memchr(text, 77, length) == NULL && strchr(text, 77) == NULL);
		UNIT_CHECK(strlen(strchr(text, 0)) == 0);
	}
	/* Bytes with the high bit set are none of these. */
	UNIT_CHECK(strlen("\x80\x81\xff\x80\x80\x80\x80\x80\x80\x80\x80\x80") == 12);
	UNIT_CHECK(*strchr("\x81\x80\x01\x02\x81\x80\x01\x02\x81\xff", 0xff) == '\xff');
}

static const unsigned char *naive_search(
	const unsigned char *text, size_t size, const unsigned char *part, size_t part_size)
{
	for (size_t at = 0; at + part_size <= size; at++)
		if (naive_compare(text + at, part, part_size, 0) == 0)
			return text + at;
	return NULL;
}

/* Small or capital ones, as it happens, for bytes that are less than 16. */
static void to_letters(unsigned char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		text[i] += unit_random(2) ? 'a' : 'A';
}

/* Few different bytes make many near-matches and periods. */
static void searches(void)
{
	for (int round = 0; round < 60000; round++) {
		size_t size = unit_random(round % 50 ? 40 : 700),
		       part_size = 1 + unit_random(round % 3 ? 6 : 24);
		unsigned char *text = left_end - size - 1, *part = right_end - part_size - 1;
		const unsigned char *expected;

		fill(text, size, 1 + (unsigned)unit_random(3));
		fill(part, part_size, 1 + (unsigned)unit_random(3));
		if (size > part_size && round % 2)
			for (size_t i = 0; i < part_size; i++)
				part[i] = text[size - part_size -
					unit_random(2) * (size - part_size) / 2 + i];
		text[size] = part[part_size] = 0;
		expected = naive_search(text, size, part, part_size);
		UNIT_CHECK(memmem(text, size, part, part_size) == expected);
		UNIT_CHECK((unsigned char *)strstr((char *)text, (char *)part) == expected);
		UNIT_CHECK((unsigned char *)strcasestr((char *)text, (char *)part) == expected);
		to_letters(text, size);
		to_letters(part, part_size);
		UNIT_CHECK((unsigned char *)strcasestr((char *)text, (char *)part) == expected);
	}
	UNIT_CHECK(*strstr("abc", "") == 'a' && strstr("", "a") == NULL &&
		*strcasestr("xABC", "abC") == 'A');
}

/* A part that would make the naive search quadratic: time would run out. */
static void worst_search(void)
{
	size_t size = 4 << 20, part_size = size / 2;
	char *text = malloc(size + 1), *part = malloc(part_size + 1);

	UNIT_CHECK(text && part);
	memset(text, 'a', size);
	memset(part, 'a', part_size);
	text[size] = part[part_size] = 0;
	part[part_size - 1] = 'b';
	UNIT_CHECK(strstr(text, part) == NULL);
	part[part_size - 1] = 'a';
	part[0] = 'b';
	UNIT_CHECK(memmem(text, size, part, part_size) == NULL);
	part[0] = 'a';
	part[part_size / 2] = 'b';
	UNIT_CHECK(strstr(text, part) == NULL);
	memset(text, 'A', size);
	UNIT_CHECK(strcasestr(text, part) == NULL);
	free(text);
	free(part);
}

static void string_copies(void)
{
	for (size_t length = 0; length < LENGTHS; length++) {
		char *from = (char *)left_end - length - 1, *to = (char *)right_end - length - 1;

		fill((unsigned char *)from, length, 250);
		from[length] = 0;
		UNIT_CHECK(strcpy(to, from) == to &&
			naive_compare((void *)to, (void *)from, length + 1, 0) == 0);
		UNIT_CHECK(stpcpy(to, from) == to + length);
		for (size_t size = 0; size <= length + 1; size++) {
			char *short_to = (char *)right_end - size;
			size_t copied = length < size ? length : size;

			UNIT_CHECK(strncpy(short_to, from, size) == short_to);
			UNIT_CHECK(naive_compare((void *)short_to, (void *)from, copied, 0) == 0);
			UNIT_CHECK(stpncpy(short_to, from, size) == short_to + copied);
			UNIT_CHECK(strlcpy(short_to, from, size) == length);
			UNIT_CHECK(size == 0 ||
				strlen(short_to) == (length < size ? length : size - 1));
		}
	}
}

static void concatenations(void)
{
	char text[16] = "ab";

	UNIT_CHECK(strcmp(strcat(text, "cd"), "abcd") == 0);
	UNIT_CHECK(strcmp(strncat(text, "efgh", 2), "abcdef") == 0);
	UNIT_CHECK(strlcat(text, "ghi", sizeof(text)) == 9 && strcmp(text, "abcdefghi") == 0);
	UNIT_CHECK(strlcat(text, "123456789", sizeof(text)) == 18 &&
		strcmp(text, "abcdefghi123456") == 0);
	UNIT_CHECK(strlcat(text, "x", 3) == 4 && strcmp(text, "abcdefghi123456") == 0);
	UNIT_CHECK(memccpy(text, "xyz", 'y', 3) == text + 2 && text[1] == 'y' && text[2] == 'c');
	UNIT_CHECK(memccpy(text, "pqr", 'y', 3) == NULL && text[2] == 'r');
	UNIT_CHECK(mempcpy(text, "12", 2) == text + 2 && text[1] == '2');
}

static void tokens(void)
{
	char text[] = ",,a,bc;;d,", fields[] = "x::y", *state, *next = fields;

	UNIT_CHECK(strcmp(strtok_r(text, ",;", &state), "a") == 0);
	UNIT_CHECK(strcmp(strtok_r(NULL, ",", &state), "bc;;d") == 0);
	UNIT_CHECK(strtok_r(NULL, ",", &state) == NULL && strtok_r(NULL, ",", &state) == NULL);
	UNIT_CHECK(strcmp(strsep(&next, ":"), "x") == 0 && strcmp(strsep(&next, ":"), "") == 0);
	UNIT_CHECK(
		strcmp(strsep(&next, ":"), "y") == 0 && next == NULL && strsep(&next, ":") == NULL);
	UNIT_CHECK(strspn("aabbc", "ba") == 4 && strspn("abc", "") == 0 &&
		strspn("\xff\xff!", "\xff") == 2);
	UNIT_CHECK(strcspn("abc;d", ";,") == 3 && strcspn("abc", "") == 3);
	UNIT_CHECK(strcmp(strpbrk("abc;d", ";,"), ";d") == 0 && strpbrk("abc", "xyz") == NULL);
}

int main(void)
{
	left_end = map_before_guard();
	right_end = map_before_guard();
	UNIT_CASE(copies);
	UNIT_CASE(moves);
	UNIT_CASE(sets);
	UNIT_CASE(comparisons);
	UNIT_CASE(lengths_and_searches);
	UNIT_CASE(searches);
	UNIT_CASE(worst_search);
	UNIT_CASE(string_copies);
	UNIT_CASE(concatenations);
	UNIT_CASE(tokens);
	return unit_done();
}
