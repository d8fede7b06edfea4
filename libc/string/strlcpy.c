/* strlcpy(3): always terminated, and the result tells what size would have been needed. */
#include <string.h>

size_t strlcpy(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strlen(from);

	if (size > 0) {
		size_t part = length < size ? length : size - 1;

		memcpy(to, from, part);
		to[part] = 0;
	}
	return length;
}
