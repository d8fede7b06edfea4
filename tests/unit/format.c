// unit: sources kernel/lib/format.c flags -Ikernel
/* lib/format.c against the host's snprintf: a table of what is easily got wrong, then random
 * conversions. */
#include "unit.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

#include "lib/format.h"

#define ROOM	256

static char ours[ROOM], theirs[ROOM];

/* Both write to a buffer of size bytes; what lies behind it must stay. */
#define SAME(room, ...)									\
	do {										\
		size_t size = (room);							\
		memset(ours, 0x55, ROOM);						\
		memset(theirs, 0x55, ROOM);						\
		int our_length = format(ours, size, __VA_ARGS__);			\
		int their_length = snprintf(theirs, size, __VA_ARGS__);			\
		if (our_length != their_length || memcmp(ours, theirs, ROOM) != 0)	\
			unit_fail("%.60s: %d \"%.80s\", expected %d \"%.80s\"", #__VA_ARGS__,	\
				  our_length, ours, their_length, theirs);		\
	} while (0)

static const char *const integer_formats[] = {
	"%d", "%i", "%u", "%x", "%X", "%o", "%5d", "%-5d|", "%05d", "%+d", "% d", "%+ d", "%.0d",
	"%.1d", "%.5d", "%8.5d", "%-8.5d|", "%08.5d", "%#x", "%#X", "%#o", "%#8x", "%#08x",
	"%-#8x|", "%#08o", "%#.0o", "%#.1o", "%#.3o", "%#.0x", "%#.3x", "%.0u", "%hd", "%hhd",
	"%hu", "%hhu", "%hx", "%hhx", "%+hhd", "%-+6d|", "%- 6d|", "%0+6d", "%0 6d", "%-06d|",
	"%#10.5x", "a%db", "%%%d%%", "%.d", "%3.d",
};

static const char *const long_formats[] = {
	"%ld", "%lu", "%lx", "%lX", "%lo", "%lld", "%llu", "%llx", "%zd", "%zu", "%zx", "%jd",
	"%ju", "%td", "%#lx", "%#lo", "%20ld", "%-20ld|", "%020ld", "%+ld", "% ld", "%.20ld",
	"%25.20ld", "%#20lx", "%#020lx", "%-#20lx|",
};

static const long integers[] = {
	0, 1, -1, 7, 8, 9, 10, -10, 42, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768,
	65535, 65536, 123456, INT_MAX, INT_MIN, (long)UINT_MAX, LONG_MAX, LONG_MIN,
};

/* The formats are not literals here, and the compiler would say so. */
#pragma GCC diagnostic ignored "-Wformat-security"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void integer_table(void)
{
	for (size_t f = 0; f < ARRAY_SIZE(integer_formats); f++)
		for (size_t i = 0; i < ARRAY_SIZE(integers); i++)
			SAME(ROOM, integer_formats[f], (int)integers[i]);
	for (size_t f = 0; f < ARRAY_SIZE(long_formats); f++)
		for (size_t i = 0; i < ARRAY_SIZE(integers); i++)
			SAME(ROOM, long_formats[f], integers[i]);
}

static void strings(void)
{
	static const char *const formats[] = {
		"%s", "%10s", "%-10s|", "%.3s", "%10.3s", "%-10.3s|", "%.0s", "%3.s", "x%sy",
	};
	for (size_t f = 0; f < ARRAY_SIZE(formats); f++) {
		SAME(ROOM, formats[f], "");
		SAME(ROOM, formats[f], "ab");
		SAME(ROOM, formats[f], "hello, world");
	}
	char unterminated[3] = { 'a', 'b', 'c' };
	SAME(ROOM, "%.3s", unterminated);
	const char *volatile null = NULL;
	SAME(ROOM, formats[0], null);
	SAME(ROOM, "%c%5c%-5c|", 'a', 'b', 'c');
	SAME(ROOM, "%c", 0);
}

static void stars(void)
{
	SAME(ROOM, "%*d", 6, 42);
	SAME(ROOM, "%*d|", -6, 42);
	SAME(ROOM, "%.*d", 4, 42);
	SAME(ROOM, "%.*d", -4, 42);
	const char *volatile zeros = "%0*.*d";
	SAME(ROOM, zeros, 8, -1, 42);
	SAME(ROOM, "%*.*s|", -9, 2, "string");
}

static void pointers(void)
{
	SAME(ROOM, "%p", (void *)0xffff800000001234ul);
	SAME(ROOM, "%20p", (void *)0x1234ul);
	SAME(ROOM, "%-20p|", (void *)0x1234ul);
	const void *volatile null = NULL;
	UNIT_CHECK(format(ours, ROOM, "%p", null) == 3 && strcmp(ours, "0x0") == 0);
}

static void several(void)
{
	SAME(ROOM, "%s: %d of %u (%#lx) %c%s", "frame", -3, 7u, 0xfffful, '<', ">");
	SAME(ROOM, "plain");
	SAME(ROOM, "%s", "");
	SAME(ROOM, "100%%");
}

static void cut(void)
{
	for (size_t left = 0; left < 20; left++) {
		SAME(left, "%s", "0123456789abc");
		SAME(left, "%d-%5d-%-5d|", 123, 45, 6);
	}
	UNIT_CHECK(format(NULL, 0, "%d", 12345) == 5);
}

static void random_integers(void)
{
	static const char conversions[] = "diuxXo";
	static const char *const lengths[] = { "", "h", "hh", "l", "ll", "z", "j", "t" };
	for (int i = 0; i < 100000; i++) {
		char text[32] = "%";
		size_t at = 1;
		for (const char *flag = "-0#+ "; *flag != '\0'; flag++)
			if (unit_random(4) == 0)
				text[at++] = *flag;
		if (unit_random(2) == 0)
			at += sprintf(&text[at], "%d", 1 + (int)unit_random(30));
		if (unit_random(3) == 0)
			at += sprintf(&text[at], ".%d", (int)unit_random(30));
		size_t length = unit_random(ARRAY_SIZE(lengths));
		sprintf(&text[at], "%s%c", lengths[length], conversions[unit_random(6)]);
		long value = unit_random(UINT64_MAX) >> unit_random(64);
		if (unit_random(4) == 0)
			value = integers[unit_random(ARRAY_SIZE(integers))];
		if (length < 3)
			SAME(1 + unit_random(60), text, (int)value);
		else
			SAME(1 + unit_random(60), text, value);
	}
}

int main(void)
{
	UNIT_CASE(integer_table);
	UNIT_CASE(strings);
	UNIT_CASE(stars);
	UNIT_CASE(pointers);
	UNIT_CASE(several);
	UNIT_CASE(cut);
	UNIT_CASE(random_integers);
	return unit_done();
}
