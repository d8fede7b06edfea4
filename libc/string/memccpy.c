/* memccpy(3). */
#include <string.h>

void *memccpy(void *restrict to, const void *restrict from, int c, size_t size)
{
	const void *found = memchr(from, c, size);

	if (!found) {
		memcpy(to, from, size);
		return NULL;
	}
	size = (const char *)found - (const char *)from + 1;
	memcpy(to, from, size);
	return (char *)to + size;
}
