/* Middle and large blocks, and the statistics. Middle ones come from regions (region.h), large
 * ones are mappings of their own: whole pages, zero from the kernel, without a header, for the
 * descriptor says all. These functions take the heap's lock, but for those that say otherwise. A
 * pointer handed in is checked first; one that is not the start of a live block ends the program
 * with a message. */
#ifndef HEAP_HEAP_H
#define HEAP_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <synos/heap.h>

/* A request of this many bytes or more may get pages of its own. */
#define HEAP_LARGE_LEAST	((size_t)256 << 10)

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
 * block is known to be zero. With own, a request of HEAP_LARGE_LEAST or more gets pages of its
 * own, which can grow. */
void *__heap_allocate(size_t request, size_t alignment, bool own, size_t *dirty);

/* Frees a middle or large block; the lock is held, and released. */
void __heap_free(void *payload);

/* Its bytes that are the caller's; the lock is held, and released. */
size_t __heap_usable(void *payload);

/* Makes the block hold request bytes, where it stands or, a large one, wherever the kernel moves
 * its pages; returns where, or NULL, and nothing changed, if that cannot be. *old is set to the
 * bytes that were the caller's. The lock is held, and released. */
void *__heap_resize(void *payload, size_t request, size_t *old);

/* Gives empty regions back; whether there were some. Under the lock. */
bool __heap_trim_regions(void);

#endif
