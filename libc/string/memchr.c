/* memchr(3). */
#include <string.h>

#include "word.h"

void *memchr(const void *memory, int c, size_t size)
{
	const unsigned char *p = memory;
	uint64_t pattern = (unsigned char)c * WORD_ONES;

	for (; size > 0 && !word_is_aligned(p); p++, size--)
		if (*p == (unsigned char)c)
			return (void *)p;
	for (; size >= WORD_SIZE; p += WORD_SIZE, size -= WORD_SIZE) {
		uint64_t found = word_zero_bytes(word_load(p) ^ pattern);

		if (found)
			return (void *)(p + __builtin_ctzl(found) / 8);
	}
	for (; size > 0; p++, size--)
		if (*p == (unsigned char)c)
			return (void *)p;
	return NULL;
}
