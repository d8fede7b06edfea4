/* The copying under memcpy and memmove. All of it copies upward and loads the last bytes before it
 * stores anything, so it serves for overlapping memory too, as long as the target is not behind the
 * source's start and within it. */
#ifndef STRING_COPY_H
#define STRING_COPY_H

#include "word.h"

/* From here on the string instruction is faster than a loop; it takes tens of cycles to start. */
#define COPY_REP_SIZE	256

/* Fewer than 16 bytes: two loads and two stores that may overlap. */
static inline void copy_small(unsigned char *to, const unsigned char *from, size_t size)
{
	if (size >= 8) {
		uint64_t head = word_load(from), tail = word_load(from + size - 8);

		word_store(to, head);
		word_store(to + size - 8, tail);
	} else if (size >= 4) {
		uint32_t head = half_word_load(from), tail = half_word_load(from + size - 4);

		half_word_store(to, head);
		half_word_store(to + size - 4, tail);
	} else if (size > 0) {
		unsigned char head = from[0], middle = from[size / 2], tail = from[size - 1];

		to[0] = head;
		to[size / 2] = middle;
		to[size - 1] = tail;
	}
}

/* 16 bytes or more: the last 16 are stored as such, whatever of them is already there. */
static inline void copy_upward(unsigned char *to, const unsigned char *from, size_t size)
{
	uint64_t tail0 = word_load(from + size - 16), tail1 = word_load(from + size - 8);
	unsigned char *end = to + size;

	if (size >= COPY_REP_SIZE) {
		size_t words = size / WORD_SIZE;

		__asm__ volatile ("rep movsq" : "+D" (to), "+S" (from), "+c" (words) : : "memory");
	}
	for (; to + 16 < end; to += 16, from += 16) {
		uint64_t word0 = word_load(from), word1 = word_load(from + 8);

		word_store(to, word0);
		word_store(to + 8, word1);
		word_fence();
	}
	word_store(end - 16, tail0);
	word_store(end - 8, tail1);
}

#endif
