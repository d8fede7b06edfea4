/* memset(3). */
#include <string.h>

#include "word.h"

static void set_small(unsigned char *memory, uint64_t pattern, size_t size)
{
	if (size >= 8) {
		word_store(memory, pattern);
		word_store(memory + size - 8, pattern);
	} else if (size >= 4) {
		half_word_store(memory, (uint32_t)pattern);
		half_word_store(memory + size - 4, (uint32_t)pattern);
	} else if (size > 0) {
		memory[0] = (unsigned char)pattern;
		memory[size / 2] = (unsigned char)pattern;
		memory[size - 1] = (unsigned char)pattern;
	}
}

/* The first word as it comes, then aligned words, then the last word as it comes. */
static void set_words(unsigned char *memory, uint64_t pattern, size_t size)
{
	unsigned char *end = memory + size;
	aligned_word *word =
		(aligned_word *)(((uintptr_t)memory + WORD_SIZE) & -(uintptr_t)WORD_SIZE);

	word_store(memory, pattern);
	for (; (unsigned char *)(word + 8) <= end; word += 8) {
		word[0] = pattern;
		word[1] = pattern;
		word[2] = pattern;
		word[3] = pattern;
		word[4] = pattern;
		word[5] = pattern;
		word[6] = pattern;
		word[7] = pattern;
		word_fence();
	}
	for (; (unsigned char *)(word + 1) <= end; word++) {
		*word = pattern;
		word_fence();
	}
	word_store(end - 8, pattern);
}

void *memset(void *memory, int c, size_t size)
{
	uint64_t pattern = (unsigned char)c * WORD_ONES;

	if (size < 16)
		set_small(memory, pattern, size);
	else
		set_words(memory, pattern, size);
	return memory;
}

