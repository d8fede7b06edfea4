/* printf(3) to memory. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "format.h"

struct memory_sink {
	struct format_sink sink;
	char *next;
	size_t room;	/* without the place of the NUL */
};

static void put(struct format_sink *sink, const char *bytes, size_t size)
{
	struct memory_sink *memory = (struct memory_sink *)sink;

	if (size > memory->room)
		size = memory->room;
	memcpy(memory->next, bytes, size);
	memory->next += size;
	memory->room -= size;
}

int vsnprintf(char *restrict text, size_t size, const char *restrict format, va_list arguments)
{
	char nothing;
	struct memory_sink memory = { { put }, &nothing, 0 };
	int length;

	if (size > 0) {
		memory.next = text;
		memory.room = size - 1;
	}
	length = __format(&memory.sink, format, arguments);
	*memory.next = 0;
	return length;
}

int vsprintf(char *restrict text, const char *restrict format, va_list arguments)
{
	return vsnprintf(text, (size_t)INT_MAX + 1, format, arguments);
}

int snprintf(char *restrict text, size_t size, const char *restrict format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(text, size, format, arguments);
	va_end(arguments);
	return length;
}

int sprintf(char *restrict text, const char *restrict format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsprintf(text, format, arguments);
	va_end(arguments);
	return length;
}
