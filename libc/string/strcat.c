/* strcat(3), strncat(3). */
#include <string.h>

#include "names.h"

char *strcat(char *restrict to, const char *restrict from)
{
	strcpy(to + strlen(to), from);
	return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = __strnlen(from, size);
	char *end = to + strlen(to);

	memcpy(end, from, length);
	end[length] = 0;
	return to;
}
