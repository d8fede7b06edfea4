/* strftime(3) in the C locale. */
#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "calendar.h"

static const char *const days[] = {
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
};

static const char *const months[] = {
	"January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December",
};

struct text {
	char *next;
	size_t room;	/* without the place of the NUL */
	bool full;
};

static void put(struct text *text, const char *bytes, size_t size)
{
	if (size > text->room) {
		text->full = true;
		return;
	}
	memcpy(text->next, bytes, size);
	text->next += size;
	text->room -= size;
}

struct conversion {
	char padding;	/* 0 unless one of the flags _ - 0 + says how */
	int width;	/* 0: what the conversion has of itself */
	char type;
};

/* Makes what has been put since start as wide as asked, with padding before it. */
static void pad(struct text *text, char *start, int width, char padding)
{
	size_t length = text->next - start, missing;

	if (text->full || length >= (size_t)width)
		return;
	missing = (size_t)width - length;
	if (missing > text->room) {
		text->full = true;
		return;
	}
	memmove(start + missing, start, length);
	memset(start, padding, missing);
	text->next += missing;
	text->room -= missing;
}

/* Zeros stand behind the sign, spaces before it. */
static void put_number(struct text *text, long value, int width, char padding, bool plus)
{
	char digits[32], *start = text->next;

	if (padding == '0' && (value < 0 || plus)) {
		put(text, value < 0 ? "-" : "+", 1);
		value = value < 0 ? -value : value;
		start = text->next;
		width--;
	}
	put(text, digits, snprintf(digits, sizeof(digits), "%ld", value));
	pad(text, start, width, padding);
}

static void put_name(
	struct text *text, const char *const *names, int count, int index, size_t length)
{
	const char *name = index >= 0 && index < count ? names[index] : "?";

	put(text, name, length < strlen(name) ? length : strlen(name));
}

/* ISO 8601: weeks begin on Monday, and the first has the year's first Thursday; so days at a year's
 * ends may belong to the year beside it. */
static int iso_week(const struct tm *parts, long *year)
{
	int from_monday = (parts->tm_wday + 6) % 7;
	int thursday = parts->tm_yday - from_monday + 3;

	*year = 1900L + parts->tm_year;
	if (thursday < 0) {
		--*year;
		thursday += 365 + calendar_is_leap(*year);
	} else if (thursday >= 365 + calendar_is_leap(*year)) {
		thursday -= 365 + calendar_is_leap(*year);
		++*year;
	}
	return thursday / 7 + 1;
}

static long floor_modulo(long value, long divisor)
{
	return (value % divisor + divisor) % divisor;
}

static void put_zone(struct text *text, const struct tm *parts)
{
	long minutes = parts->tm_gmtoff / 60;

	put(text, minutes < 0 ? "-" : "+", 1);
	if (minutes < 0)
		minutes = -minutes;
	put_number(text, minutes / 60 * 100 + minutes % 60, 4, '0', false);
}

/* One conversion that stands for others. */
static const char *expansion(char conversion)
{
	switch (conversion) {
	case 'c':
		return "%a %b %e %H:%M:%S %Y";
	case 'D':
	case 'x':
		return "%m/%d/%y";
	case 'h':
		return "%b";
	case 'R':
		return "%H:%M";
	case 'r':
		return "%I:%M:%S %p";
	case 'T':
	case 'X':
		return "%H:%M:%S";
	}
	return NULL;
}

#define NUMBERS "CdeGgHIjklMmSsUuVWwYy"

/* The value of one of these conversions. */
static long number_of(char conversion, const struct tm *parts)
{
	long year = 1900L + parts->tm_year, iso_year;
	int week = iso_week(parts, &iso_year);
	struct tm copy = *parts;

	switch (conversion) {
	case 'C':
		return (year - floor_modulo(year, 100)) / 100;
	case 'd':
	case 'e':
		return parts->tm_mday;
	case 'G':
		return iso_year;
	case 'g':
		return floor_modulo(iso_year, 100);
	case 'H':
	case 'k':
		return parts->tm_hour;
	case 'I':
	case 'l':
		return parts->tm_hour % 12 == 0 ? 12 : parts->tm_hour % 12;
	case 'j':
		return parts->tm_yday + 1;
	case 'M':
		return parts->tm_min;
	case 'm':
		return parts->tm_mon + 1;
	case 'S':
		return parts->tm_sec;
	case 's':
		return mktime(&copy);
	case 'U':
		return (parts->tm_yday + 7 - parts->tm_wday) / 7;
	case 'u':
		return parts->tm_wday == 0 ? 7 : parts->tm_wday;
	case 'V':
		return week;
	case 'W':
		return (parts->tm_yday + 7 - (parts->tm_wday + 6) % 7) / 7;
	case 'w':
		return parts->tm_wday;
	case 'Y':
		return year;
	default:
		return floor_modulo(year, 100);
	}
}

/* With + a year that is longer than usual, or may be, has a sign. */
static void format_number(
	struct text *text, const struct conversion *conversion, const struct tm *parts)
{
	char type = conversion->type, padding = strchr("ekl", type) ? ' ' : '0';
	int width = type == 'j' ? 3 : strchr("GsuwY", type) ? 1 : 2;
	long value = number_of(type, parts);
	bool plus = false;

	if (conversion->padding == '+' && strchr("CGY", type))
		plus = type == 'C' ? value > 99 || conversion->width > 2
				   : value > 9999 || conversion->width > 4;
	if (conversion->padding == '-')
		width = 1;
	if (conversion->padding)
		padding = strchr("_-", conversion->padding) ? ' ' : '0';
	if (width < conversion->width)
		width = conversion->width;
	put_number(text, value, width, padding, plus);
}

static void format_text(struct text *text, char type, const struct tm *parts)
{
	switch (type) {
	case 'A':
		put_name(text, days, 7, parts->tm_wday, SIZE_MAX);
		break;
	case 'a':
		put_name(text, days, 7, parts->tm_wday, 3);
		break;
	case 'B':
		put_name(text, months, 12, parts->tm_mon, SIZE_MAX);
		break;
	case 'b':
		put_name(text, months, 12, parts->tm_mon, 3);
		break;
	case 'n':
		put(text, "\n", 1);
		break;
	case 'P':
		put(text, parts->tm_hour < 12 ? "am" : "pm", 2);
		break;
	case 'p':
		put(text, parts->tm_hour < 12 ? "AM" : "PM", 2);
		break;
	case 't':
		put(text, "\t", 1);
		break;
	case 'Z':
		if (parts->tm_zone)
			put(text, parts->tm_zone, strlen(parts->tm_zone));
		break;
	case 'z':
		put_zone(text, parts);
		break;
	default:
		put(text, &type, 1);
	}
}

/* Reads what follows a %; returns where its type is. E and O ask for the locale's other forms, which
 * C does not have. */
static const char *read_conversion(const char *format, struct conversion *conversion)
{
	*conversion = (struct conversion) { 0 };
	for (; *format && strchr("_-0+", *format); format++)
		conversion->padding = *format;
	for (; isdigit((unsigned char)*format); format++)
		if (conversion->width < INT_MAX / 10 - 1)
			conversion->width = conversion->width * 10 + (*format - '0');
	if (*format == 'E' || *format == 'O')
		format++;
	conversion->type = *format;
	return format;
}

static void format_parts(struct text *text, const char *format, const struct tm *parts);

static void format_conversion(
	struct text *text, const struct conversion *conversion, const struct tm *parts)
{
	char type = conversion->type, padding = conversion->padding, *start = text->next;
	struct conversion year = *conversion;

	if (type == 'F') {
		year.type = 'Y';
		year.width = year.width > 6 ? year.width - 6 : 0;
		format_number(text, &year, parts);
		format_parts(text, "-%m-%d", parts);
	} else if (expansion(type)) {
		format_parts(text, expansion(type), parts);
	} else if (strchr(NUMBERS, type)) {
		format_number(text, conversion, parts);
	} else {
		format_text(text, type, parts);
	}
	pad(text, start, conversion->width, padding == '0' || padding == '+' ? '0' : ' ');
}

static void format_parts(struct text *text, const char *format, const struct tm *parts)
{
	struct conversion conversion;

	for (; *format && !text->full; format++) {
		if (*format != '%') {
			put(text, format, 1);
			continue;
		}
		format = read_conversion(format + 1, &conversion);
		if (!conversion.type)
			return;
		format_conversion(text, &conversion, parts);
	}
}

size_t strftime(char *restrict to, size_t size, const char *restrict format,
	const struct tm *restrict parts)
{
	struct text text = { .next = to, .room = size - 1 };

	if (size == 0)
		return 0;
	format_parts(&text, format, parts);
	if (text.full)
		return 0;
	*text.next = 0;
	return text.next - to;
}
