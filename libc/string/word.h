/* Memory in words of eight bytes, at any address. The string functions work through memory by words
 * where that pays. Loops over words contain word_fence(), without which the compiler may recognise
 * in memcpy's loop a memcpy, and call it. A function that looks for an end in whole aligned words
 * reads up to seven bytes beyond it: never into another page, but address sanitizers must not look
 * (WORD_READER). */
#ifndef STRING_WORD_H
#define STRING_WORD_H

#include <stddef.h>
#include <stdint.h>

#define WORD_SIZE	8
#define WORD_ONES	0x0101010101010101ul
#define WORD_HIGHS	0x8080808080808080ul

#define WORD_READER __attribute__((no_sanitize("address")))

struct word {
	uint64_t value;
} __attribute__((packed, may_alias));

struct half_word {
	uint32_t value;
} __attribute__((packed, may_alias));

typedef uint64_t __attribute__((may_alias)) aligned_word;

static inline WORD_READER uint64_t word_load(const void *memory)
{
	return ((const struct word *)memory)->value;
}

static inline void word_store(void *memory, uint64_t value)
{
	((struct word *)memory)->value = value;
}

static inline uint32_t half_word_load(const void *memory)
{
	return ((const struct half_word *)memory)->value;
}

static inline void half_word_store(void *memory, uint32_t value)
{
	((struct half_word *)memory)->value = value;
}

static inline void word_fence(void)
{
	__asm__ volatile ("" : : : "memory");
}

static inline int word_is_aligned(const void *memory)
{
	return (uintptr_t)memory % WORD_SIZE == 0;
}

/* Not 0 if one of the eight bytes is 0: then the lowest bit set is the high bit of the first such
 * byte in memory. */
static inline uint64_t word_zero_bytes(uint64_t word)
{
	return (word - WORD_ONES) & ~word & WORD_HIGHS;
}

#endif
