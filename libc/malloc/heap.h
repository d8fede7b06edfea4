/* Blocks with headers (block.h), for requests that are not small, and what is counted. These
 * functions take the heap's lock, but for those that say otherwise. A pointer handed in is checked
 * first; one that is not the start of a live block ends the program with a message. */
#ifndef HEAP_HEAP_H
#define HEAP_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <synos/heap.h>

/* What was counted beside the small blocks; under the lock. Its usage and peak are not kept. */
extern struct allocation_stats __heap_stats;

/* Usable bytes of all blocks in use and in bins, and the most there have been. Atomic. */
extern size_t __heap_usage, __heap_peak;

static inline void usage_add(size_t more)
{
	size_t now = __atomic_add_fetch(&__heap_usage, more, __ATOMIC_RELAXED);
	size_t peak = __atomic_load_n(&__heap_peak, __ATOMIC_RELAXED);

	while (now > peak && !__atomic_compare_exchange_n(&__heap_peak, &peak, now, true,
							  __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
}

/* Counts a block taken back; under the lock. */
static inline void usage_freed(size_t bytes)
{
	__heap_stats.total_deallocations++;
	__heap_stats.bytes_freed += bytes;
	usage_add(-bytes);
}

/* request bytes, aligned to a power of two; NULL and ENOMEM without memory. Beyond *dirty the
 * block is known to be zero. */
void *__heap_allocate(size_t request, size_t alignment, size_t *dirty);

void __heap_free(void *payload);

/* The block's bytes that are the caller's. Takes no lock. */
size_t __heap_usable(void *payload);

/* Makes the block hold request bytes where it stands, and not many more; false, and nothing
 * changed, if there is no room. *old is set to the bytes that were the caller's. */
bool __heap_resize(void *payload, size_t request, size_t *old);

/* Gives back the pages of free blocks, and regions; whether there were some. Under the lock. */
bool __heap_trim_blocks(void);

#endif
