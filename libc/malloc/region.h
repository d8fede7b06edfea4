/* Regions: mappings cut into blocks without gaps. A region begins as one free block; what is not
 * yet used is not written either, so the pages above `fresh` are not there and read as zeros. Free
 * neighbours are merged at once:
 *
 *	sum of size(b) over the blocks of a region = the region's size
 *	no two neighbours are both FREE
 *	live = the number of its LIVE blocks; it is in the ring of empty regions if that is 0
 *
 * Sizes are those of blocks, headers included. The heap's lock is held throughout. */
#ifndef HEAP_REGION_H
#define HEAP_REGION_H

#include "block.h"
#include "mapping.h"

/* A block of at least size bytes whose payload is aligned, marked LIVE, from the free lists or,
 * if grow says so, a new region; NULL if there is none. Of its payload the first *dirty bytes
 * may be other than zero. */
struct block *__heap_region_take(size_t size, size_t alignment, bool grow, size_t *dirty);

/* Frees block b of size bytes, merges it with its free neighbours and lists it. If it is at the end
 * of m then, and more than most bytes of it were ever written, its pages go back. */
void __heap_region_give(struct mapping *m, struct block *b, size_t size, size_t most);

/* Makes LIVE block b at least size bytes long where it stands; false if there is no room. */
bool __heap_region_resize(struct mapping *m, struct block *b, size_t size);

/* Makes a region of a mapping, its pages used up to the address fresh. */
void __heap_region_open(struct mapping *m, uintptr_t fresh);

/* Gives empty regions (without live blocks) back, the oldest first, until what was written to the
 * others comes to no more than most bytes, or the kernel refuses. */
void __heap_regions_keep(size_t most);

/* Whether the header above block b, of size bytes, agrees; b may also be the last of m. */
static inline bool block_agrees(const struct mapping *m, const struct block *b, size_t size)
{
	const struct block *next = block_at(b, (ptrdiff_t)size);

	if ((uintptr_t)next < mapping_end(m))
		return next->below == seal(next, size);
	return (uintptr_t)next == mapping_end(m);
}

/* The size of block b of m, whose state is the one named; anything else is corruption, and said. */
static inline size_t
block_verify(const struct mapping *m, const struct block *b, enum block_state state)
{
	uint64_t tag = block_tag(b);

	if (tag_state(tag) != state || !block_agrees(m, b, tag_size(tag)))
		__heap_fail("block header corrupted", b);
	return tag_size(tag);
}

#endif
