/* The free lists of all regions: one doubly linked list for each class of sizes. Sizes below 256
 * have a class each; above, every doubling has 16 classes. A search asks for the first class all
 * of whose blocks are large enough, so it takes the same few steps whatever the heap holds. Links
 * are sealed and checked from both sides. The heap's lock is held throughout. */
#ifndef HEAP_LISTS_H
#define HEAP_LISTS_H

#include "block.h"

#define LISTS_CLASSES	16	/* in a doubling */

/* b, of size bytes, is FREE. */
void __heap_lists_insert(struct block *b, size_t size);
void __heap_lists_remove(struct block *b, size_t size);

/* A listed block of this many bytes is found by a search for size. */
static inline size_t lists_enough(size_t size)
{
	return size + size / LISTS_CLASSES;
}

/* Takes a block of at least size bytes off its list; NULL if there is none. */
struct block *__heap_lists_take(size_t size);

#endif
