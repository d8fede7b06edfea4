/* Blocks with headers: what serves a request that is not small, of any size. They lie side by side
 * in regions, which are whole units of the heap's (units.h). Every block begins with a header of
 * two words, so that from any block both neighbours are found (boundary tags); what follows is the
 * caller's, or, while the block is free, its links. A header without a block ends the region:
 *
 *	b.tag    = size(b) | state(b)          size is a multiple of 16, header included
 *	b.below  = size of the block that ends at b, 0 if b is the first of its region
 *	next(b)  = b + size(b), a block or the END of the region, of size 0
 *	next(b).below = size(b)
 *	state(b) = FREE  =>  state(next(b)) != FREE
 *
 * Regions that lie side by side are one: the END between them becomes part of a block. Pages that
 * were never written to read as zeros, so of a free block is known from where on it does:
 *
 *	b + BLOCK_LEAST <= b.zero <= next(b),  and all bytes from b.zero to next(b) are zero
 *
 * A program can overwrite these words, so each is sealed: word = (value ^ mask(b)) * SEAL_FACTOR
 * modulo 2^64, where mask(b) mixes the block's address with the secret of this run. Sizes and
 * user addresses have 47 bits, so the top 16 bits of a value are zero; of a word that was
 * overwritten, or copied from another block, they come out as good as random. A value is used
 * only after that test: a stray write passes it once in 65536 times, and then still has to agree
 * with the neighbours. */
#ifndef HEAP_BLOCK_H
#define HEAP_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glue.h"

#define SEAL_BITS	48			/* of a value */
#define SEAL_FACTOR	0x9e3779b97f4a7c15u	/* 2^64 / golden ratio */
#define SEAL_INVERSE	0xf1de83e19937733du
#define TAG_STATE	(BLOCK_ALIGN - 1)	/* the bits of a tag below its size */

#define BLOCK_ALIGN	((size_t)16)
#define BLOCK_HEADER	((size_t)16)
#define BLOCK_LEAST	sizeof(struct block)
#define BLOCK_LARGE	((size_t)128 << 10)	/* from here on free blocks are listed by age too */

enum block_state {
	BLOCK_LIVE = 1,		/* the caller's */
	BLOCK_FREE = 2,		/* on a free list; its neighbours are not FREE */
	BLOCK_END = 3,		/* not a block: the end of a region */
};

struct link {
	uint64_t next, previous;	/* sealed; NULL at the ends */
};

struct block {
	uint64_t below, tag;
	struct link list;		/* FREE: with others of about its size */
	uint64_t zero;
	uint64_t freed_at;		/* FREE, of BLOCK_LARGE or more, as what follows */
	struct link age;		/* with the others of these, the newest first */
};

_Static_assert(SEAL_FACTOR * SEAL_INVERSE == 1, "modulo 2^64");
_Static_assert(offsetof(struct block, list) == BLOCK_HEADER, "links lie in the payload");

extern uint64_t __heap_key;	/* the secret; 0 until the first allocation */

/* The word of block b that stands for value, and back; what is not sealed gives a value beyond
 * SEAL_BITS. */
static inline uint64_t seal(const struct block *b, uint64_t value)
{
	return (value ^ ((uintptr_t)b ^ __heap_key) * SEAL_FACTOR) * SEAL_FACTOR;
}

static inline uint64_t unseal(const struct block *b, uint64_t word)
{
	return word * SEAL_INVERSE ^ ((uintptr_t)b ^ __heap_key) * SEAL_FACTOR;
}

static inline bool seal_broken(uint64_t value)
{
	return value >> SEAL_BITS != 0;
}

/* What is sealed in a word of b; words beyond the header are a free block's. */
static inline uint64_t block_value(const struct block *b, const uint64_t *word)
{
	uint64_t value = unseal(b, *word);

	if (!seal_broken(value))
		return value;
	if (word == &b->below || word == &b->tag)
		__heap_fail("block header overwritten", b);
	__heap_fail("freed block overwritten", &b->list);
}

static inline struct block *block_at(const void *base, ptrdiff_t offset)
{
	return (struct block *)((char *)base + offset);
}

static inline struct block *block_of(const void *payload)
{
	return block_at(payload, -(ptrdiff_t)BLOCK_HEADER);
}

static inline void *block_payload(struct block *b)
{
	return &b->list;
}

static inline size_t tag_size(uint64_t tag)
{
	return tag & -BLOCK_ALIGN;
}

static inline enum block_state tag_state(uint64_t tag)
{
	return tag & TAG_STATE;
}

static inline size_t block_size(const struct block *b)
{
	return tag_size(block_value(b, &b->tag));
}

static inline enum block_state block_state(const struct block *b)
{
	return tag_state(block_value(b, &b->tag));
}

static inline struct block *block_next(const struct block *b)
{
	return block_at(b, block_size(b));
}

/* A doubly linked list of free blocks, by the links at one offset in them. They are checked from
 * both sides. All this is under the heap's lock. */
struct chain {
	struct block *first, *last;
};

void __heap_chain_add(struct chain *c, struct block *b, size_t link);	/* as the first */
void __heap_chain_remove(struct chain *c, struct block *b, size_t link);

/* Puts FREE block b on the list of its size, and takes it off. */
void __heap_lists_add(struct block *b, size_t size);
void __heap_lists_remove(struct block *b, size_t size);

/* The next size, from this one on, with which a list begins: one more sixteenth at most. */
size_t __heap_lists_round(size_t size);

/* A listed block of at least size bytes, off the first list that has only such; NULL if there is
 * none. */
struct block *__heap_lists_find(size_t size);

#endif
