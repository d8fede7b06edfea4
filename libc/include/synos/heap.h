/* What the heap knows about itself. Bytes are usable bytes (malloc_usable_size(3)): what was
 * asked for, rounded up to what the block holds. */
#ifndef SYNOS_HEAP_H
#define SYNOS_HEAP_H

#include <stddef.h>

struct allocation_stats {
	size_t total_allocations;	/* blocks handed out, and */
	size_t total_deallocations;	/* taken back; a realloc that moves counts one of each */
	size_t bytes_allocated;		/* all bytes handed out so far, growth in place included */
	size_t bytes_freed;		/* all bytes taken back, shrinking in place included */
	size_t peak_usage;		/* the highest current_usage there has been, or more by some
					   free small blocks (docs/heap.md says how many) */
	size_t current_usage;		/* bytes_allocated - bytes_freed */
};

/* All but the peak are exact while no other thread is in the heap; else what they say is possible, of no
 * single moment. Takes the heap's lock, and a look at each 64 KiB of it. */
struct allocation_stats get_allocation_stats(void);

/* A walk over all blocks in the order of their addresses, up to the first that visit does not
 * return 0 for; what it returned. The heap is locked meanwhile: visit must not allocate or free.
 * Blocks of other threads that go on may be seen used or free. */
struct heap_block {
	void *memory;
	size_t bytes;			/* usable */
	int used;			/* 0: free, to be handed out again */
};
typedef int heap_visitor(const struct heap_block *block, void *argument);
int heap_walk(heap_visitor *visit, void *argument);

/* How many blocks are in use by size: counts[0] of no bytes, counts[i] of 2^(i-1) to 2^i - 1. */
#define HEAP_HISTOGRAM	49
void heap_histogram(size_t counts[HEAP_HISTOGRAM]);

/* Gives the kernel back what the heap keeps for later; whether that was something. What another thread
 * keeps ready for itself stays, and up to 64 blocks of others that it freed last. */
int heap_trim(void);

/* 100 x current usage / bytes mapped from the kernel, rounded down; 0 if nothing is mapped. */
unsigned get_heap_usage_percent(void);

#endif
