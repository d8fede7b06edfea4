/* memcmp(3). */
#include <string.h>

#include "word.h"

int memcmp(const void *left, const void *right, size_t size)
{
	const unsigned char *l = left, *r = right;

	for (; size >= WORD_SIZE; size -= WORD_SIZE, l += WORD_SIZE, r += WORD_SIZE) {
		uint64_t a = word_load(l), b = word_load(r);

		if (a != b)
			return __builtin_bswap64(a) < __builtin_bswap64(b) ? -1 : 1;
	}
	for (; size > 0; size--, l++, r++)
		if (*l != *r)
			return *l - *r;
	return 0;
}

