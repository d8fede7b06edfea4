/* Blocks: what a region is made of. Every block begins with a header of two words, so that from any
 * block both neighbours are found (boundary tags); what follows is the caller's, or, while the
 * block is free, its list links.
 *
 *	b.tag    = size(b) | state(b)          size is a multiple of 16, header included
 *	b.below  = size of the block that ends at b, 0 if b is the first of its region
 *	next(b)  = b + size(b), unless that is the end of the region
 *	next(b).below = size(b)
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

enum block_state {
	BLOCK_LIVE = 1,		/* the caller's */
	BLOCK_FREE = 2,		/* on a free list; its neighbours are not FREE */
};

struct block {
	uint64_t below;
	uint64_t tag;
	uint64_t next;		/* FREE: link, 0 at the end */
	uint64_t previous;	/* FREE: link, 0 at the head */
};

_Static_assert(SEAL_FACTOR * SEAL_INVERSE == 1, "modulo 2^64");
_Static_assert(offsetof(struct block, next) == BLOCK_HEADER, "links lie in the payload");

extern uint64_t __heap_key;	/* the secret; 0 until the first allocation */

/* mask(b) */
static inline uint64_t seal_mask(const struct block *b)
{
	return ((uintptr_t)b ^ __heap_key) * SEAL_FACTOR;
}

/* The word of block b that stands for value, and back; what is not sealed gives a value beyond
 * SEAL_BITS. */
static inline uint64_t seal(const struct block *b, uint64_t value)
{
	return (value ^ seal_mask(b)) * SEAL_FACTOR;
}

static inline uint64_t unseal(const struct block *b, uint64_t word)
{
	return word * SEAL_INVERSE ^ seal_mask(b);
}

static inline bool seal_broken(uint64_t value)
{
	return value >> SEAL_BITS != 0;
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
	return &b->next;
}

/* The size of the block that holds a request. */
static inline size_t block_size_for(size_t request)
{
	size_t size = (request + BLOCK_HEADER + BLOCK_ALIGN - 1) & -BLOCK_ALIGN;

	return size < BLOCK_LEAST ? BLOCK_LEAST : size;
}

static inline size_t tag_size(uint64_t tag)
{
	return tag & -BLOCK_ALIGN;
}

static inline enum block_state tag_state(uint64_t tag)
{
	return tag & TAG_STATE;
}

/* What is sealed in a word of b's header. */
static inline uint64_t block_value(const struct block *b, uint64_t word)
{
	uint64_t value = unseal(b, word);

	if (seal_broken(value))
		__heap_fail("block header overwritten", b);
	return value;
}

static inline uint64_t block_tag(const struct block *b)
{
	return block_value(b, b->tag);
}

/* The bytes of a live block that are the caller's. */
static inline size_t block_usable(const struct block *b)
{
	return tag_size(block_tag(b)) - BLOCK_HEADER;
}

static inline size_t block_below(const struct block *b)
{
	return block_value(b, b->below);
}

/* What a link of b, its next or previous, points to. */
static inline struct block *block_link(const struct block *b, uint64_t link)
{
	uint64_t to = unseal(b, link);

	if (seal_broken(to))
		__heap_fail("freed block overwritten", &b->next);
	return (struct block *)(uintptr_t)to;
}

static inline uint64_t link_to(const struct block *b, const struct block *to)
{
	return seal(b, (uintptr_t)to);
}

#endif
