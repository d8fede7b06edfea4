/* Blocks as callers see them: what any pointer is, and those that are not small. What is the
 * caller's of a block of more than SMALL_MOST and less than FENCED bytes is followed by a fence: words
 * that depend on their address and on the secret of this run, so that an overrun is seen when the
 * block is freed or resized. (Of a larger one the last page is often not touched.) */
#ifndef HEAP_BLOCK_H
#define HEAP_BLOCK_H

#include "small.h"

#define FENCED	((size_t)128 << 10)

/* The span of the live block at p, which may be anybody's. If there is none, that is said. Takes no
 * lock. */
struct span *__heap_find(const void *p);

/* The bytes of a block in s that are the caller's. */
static inline size_t block_usable(const struct span *s)
{
	return s->kind == SPAN_LARGE ? s->usable : slot_usable(s);
}

/* A block of a slot with a fence, its bytes included. */
void *__heap_fenced_allocate(size_t bytes);

/* Blocks that are too large for slots. These take the lock. allocate: NULL and ENOMEM without
 * memory; beyond *dirty the block is zero. resize: in place; false, and nothing is changed, if
 * there is no room. */
void *__heap_large_allocate(size_t request, size_t alignment, size_t *dirty);
void __heap_large_free(struct span *s);
bool __heap_large_resize(struct span *s, size_t request);

#endif
