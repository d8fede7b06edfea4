/* asprintf(3): formatted twice, for the length and for the text. */
#include <stdio.h>
#include <stdlib.h>

#include "alias.h"

int __vasprintf(char **restrict text, const char *restrict format, va_list arguments)
{
	va_list again;
	int length;

	*text = NULL;
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		return -1;
	*text = malloc((size_t)length + 1);
	return *text ? vsnprintf(*text, (size_t)length + 1, format, arguments) : -1;
}

weak_alias(__vasprintf, vasprintf);

int __asprintf(char **restrict text, const char *restrict format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = __vasprintf(text, format, arguments);
	va_end(arguments);
	return length;
}

weak_alias(__asprintf, asprintf);
