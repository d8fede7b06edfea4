/* A buddy allocator over an array of struct page: blocks of 2^order frames, aligned to their size.
 * A block is split in halves until it has the size that is asked for; a freed block merges with its
 * other half, its buddy, as long as that is free too. Both take O(orders) steps. Pure: no locking,
 * no memory but the array, built for the host as well.
 *
 * What the array must have: an element for every frame of every naturally aligned block of the
 * highest order that holds an added frame. The elements are zero (FRAME_RESERVED) until their
 * frames are added; holes stay so.
 *
 * Invariant, of the first frame of each block: free: use is FRAME_FREE, order is the block's, node
 * is in the list of that order; allocated: use is what it was allocated for, order is the block's.
 * All other frames of a block are FRAME_RESERVED, so that no block can be freed from its middle or
 * twice. */
#ifndef MEM_BUDDY_H
#define MEM_BUDDY_H

#include "lib/list.h"
#include "lib/types.h"
#include "mem/frame.h"

struct buddy {
	struct page *pages;		/* of frame 0; frame n is pages + n */
	u64 free;			/* frames */
	u64 blocks[FRAME_ORDERS];	/* free blocks of each order */
	u32 orders;			/* bit n: there is a free block of order n */
	struct list_node lists[FRAME_ORDERS];
};

enum buddy_result {
	BUDDY_OK,
	BUDDY_NOT_ALLOCATED,	/* free already, never allocated, or in the middle of a block */
	BUDDY_WRONG_ORDER,
};

void buddy_init(struct buddy *buddy, struct page *pages);
/* Adds frames that were never added before, free. */
void buddy_add(struct buddy *buddy, u64 first, u64 count);
/* Adds one such frame as an allocated block of order 0. */
void buddy_add_allocated(struct buddy *buddy, u64 frame, enum frame_use use);
/* The first page of a block, or NULL. use is neither FRAME_RESERVED nor FRAME_FREE. */
MUST_CHECK struct page *buddy_alloc(struct buddy *buddy, unsigned order, enum frame_use use);
/* Changes nothing unless it returns BUDDY_OK. */
MUST_CHECK enum buddy_result buddy_free(struct buddy *buddy, struct page *page, unsigned order);
/* The frames of the largest free block. */
u64 buddy_largest(const struct buddy *buddy);

#endif
