/* The allocation functions through pointers that the compiler cannot see through: otherwise it
 * takes malloc for what the language says of it, removes pairs of malloc and free, and knows
 * that errno did not change. And what holds of the statistics at the end of every test. */
#ifndef HEAP_CALLS_H
#define HEAP_CALLS_H

#include <malloc.h>
#include <stdlib.h>
#include <synos/heap.h>

#include "test.h"

#define OPAQUE(name) static __typeof__(name) *volatile call_##name __attribute__((unused)) = name

OPAQUE(aligned_alloc);
OPAQUE(calloc);
OPAQUE(free);
OPAQUE(malloc);
OPAQUE(malloc_usable_size);
OPAQUE(memalign);
OPAQUE(posix_memalign);
OPAQUE(realloc);
OPAQUE(reallocarray);

static __attribute__((destructor)) void statistics_agree(void)
{
	struct allocation_stats s = get_allocation_stats();

	CHECK_EQ(s.current_usage, s.bytes_allocated - s.bytes_freed);
	CHECK(s.peak_usage >= s.current_usage);
	CHECK(s.total_allocations >= s.total_deallocations);
}

#define aligned_alloc call_aligned_alloc
#define calloc call_calloc
#define free call_free
#define malloc call_malloc
#define malloc_usable_size call_malloc_usable_size
#define memalign call_memalign
#define posix_memalign call_posix_memalign
#define realloc call_realloc
#define reallocarray call_reallocarray

#endif
