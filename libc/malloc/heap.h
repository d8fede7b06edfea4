/* The heap as malloc.c uses it: what a block is made of and where it came from is decided behind
 * these functions. They take the heap's lock. A pointer handed in is checked first; one that is
 * not the start of a live block of this heap ends the program with a message (__heap_fail). */
#ifndef HEAP_HEAP_H
#define HEAP_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <synos/heap.h>

/* A request of this many bytes or more gets pages of its own. */
#define HEAP_LARGE_LEAST	((size_t)256 << 10)

extern struct allocation_stats __heap_stats;	/* under the lock; all but bytes_freed */

/* request bytes, aligned to a power of two and at least to 16; NULL and ENOMEM without memory.
 * Beyond *dirty the block is known to be zero; dirty may be NULL. */
void *__heap_allocate(size_t request, size_t alignment, size_t *dirty);

void __heap_free(void *payload);

/* The bytes at payload that are the caller's. */
size_t __heap_usable(void *payload);

/* Makes the block hold request bytes where it stands; false, and nothing changed, if that cannot
 * be. *old is set to the bytes that were the caller's. */
bool __heap_resize(void *payload, size_t request, size_t *old);

#endif
