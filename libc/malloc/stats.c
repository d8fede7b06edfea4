/* See <synos/heap.h>; and malloc_stats(), which prints the same. */
#include <malloc.h>
#include <stdio.h>
#include <synos/heap.h>

#include "glue.h"
#include "heap.h"
#include "mapping.h"

/* All statistics of one moment, and the bytes mapped in it. */
static struct allocation_stats snapshot(size_t *mapped)
{
	struct allocation_stats s;

	heap_lock();
	s = __heap_stats;
	*mapped = __heap_mapped;
	heap_unlock();
	s.bytes_freed = s.bytes_allocated - s.current_usage;
	return s;
}

static unsigned percent(size_t part, size_t whole)
{
	return whole ? (unsigned)(part * 100 / whole) : 0;
}

struct allocation_stats get_allocation_stats(void)
{
	size_t mapped;

	return snapshot(&mapped);
}

unsigned get_heap_usage_percent(void)
{
	size_t mapped;
	struct allocation_stats s = snapshot(&mapped);

	return percent(s.current_usage, mapped);
}

void malloc_stats(void)
{
	size_t mapped;
	struct allocation_stats s = snapshot(&mapped);

	fprintf(stderr, "allocations %zu, deallocations %zu\n", s.total_allocations,
		s.total_deallocations);
	fprintf(stderr, "bytes allocated %zu, freed %zu\n", s.bytes_allocated, s.bytes_freed);
	fprintf(stderr, "bytes in use %zu, at the peak %zu\n", s.current_usage, s.peak_usage);
	fprintf(stderr, "bytes mapped %zu, in use %u %%\n", mapped,
		percent(s.current_usage, mapped));
}
