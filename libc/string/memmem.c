/* memmem(3). */
#include <string.h>

#include "search.h"

void *memmem(const void *memory, size_t size, const void *part, size_t part_size)
{
	struct haystack haystack = { .size = size };
	const void *start;

	if (part_size == 0)
		return (void *)memory;
	start = memchr(memory, *(const unsigned char *)part, size);
	if (!start || part_size == 1)
		return (void *)start;
	haystack.bytes = start;
	haystack.size -= (const char *)start - (const char *)memory;
	return __search(&haystack, part, part_size);
}
