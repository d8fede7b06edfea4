/* memmove(3). */
#include <string.h>

#include "copy.h"

/* 16 bytes or more, from the last word to the first, which are both loaded before anything is
 * stored. */
static void copy_downward(unsigned char *to, const unsigned char *from, size_t size)
{
	uint64_t head0 = word_load(from), head1 = word_load(from + 8);

	for (; size > 16; size -= 16) {
		uint64_t word0 = word_load(from + size - 8), word1 = word_load(from + size - 16);

		word_store(to + size - 8, word0);
		word_store(to + size - 16, word1);
		word_fence();
	}
	word_store(to, head0);
	word_store(to + 8, head1);
}

void *memmove(void *to, const void *from, size_t size)
{
	if (size < 16)
		copy_small(to, from, size);
	else if ((uintptr_t)to - (uintptr_t)from >= size)
		copy_upward(to, from, size);
	else
		copy_downward(to, from, size);
	return to;
}
