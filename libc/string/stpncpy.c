/* stpncpy(3). */
#include <string.h>

#include "names.h"

char *stpncpy(char *restrict to, const char *restrict from, size_t size)
{
	strncpy(to, from, size);
	return to + __strnlen(from, size);
}
