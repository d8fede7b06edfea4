/* Mappings: every stretch of pages that the heap holds has a descriptor here, apart from the pages
 * themselves, where no overrun of a block reaches it. A pointer that a program hands in is looked
 * up among them before anything near it is read, so that wild pointers are told from ours without a
 * fault.
 *
 * The descriptors form a search tree by address, kept balanced by a random priority of each (a
 * treap): O(log n) for n mappings. The heap's lock is held throughout. */
#ifndef HEAP_MAPPING_H
#define HEAP_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block.h"

enum mapping_kind {
	MAPPING_REGION,		/* cut into blocks */
	MAPPING_LARGE,		/* one block, all of it the caller's */
	MAPPING_SEGMENT,	/* cut into slots of small blocks */
};

struct mapping {
	uintptr_t base;
	size_t size;
	struct mapping *left, *right;
	enum mapping_kind kind;
	unsigned live;			/* region: its LIVE blocks */
	uintptr_t fresh;		/* region: nothing was written from here on, it is zero */
	struct mapping *older, *newer;	/* empty region: the ring */
};

/* The bytes held from the kernel, descriptors included. */
extern size_t __heap_mapped;

/* Maps pages and describes them; NULL if either fails. bytes and alignment as for
 * __heap_pages_map. */
struct mapping *__heap_mapping_create(enum mapping_kind kind, size_t bytes, size_t alignment);

/* Gives all pages back, and the descriptor. False, and nothing changed, if the kernel refuses. */
bool __heap_mapping_destroy(struct mapping *m);

/* Makes m so many bytes long, a multiple of HEAP_PAGE; one that grows may move. False, and nothing
 * changed, if the kernel refuses. */
bool __heap_mapping_resize(struct mapping *m, size_t bytes);

/* The mapping that holds the address, NULL if none does. */
struct mapping *__heap_mapping_search(uintptr_t address);

static inline uintptr_t mapping_end(const struct mapping *m)
{
	return m->base + m->size;
}

/* The first mapping that begins at the address or above it, NULL if none does. */
struct mapping *__heap_mapping_from(uintptr_t address);

#endif
