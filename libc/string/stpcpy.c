/* stpcpy(3). */
#include <string.h>

#include "alias.h"
#include "names.h"

char *__stpcpy(char *restrict to, const char *restrict from)
{
	size_t length = strlen(from);

	memcpy(to, from, length + 1);
	return to + length;
}

weak_alias(__stpcpy, stpcpy);
