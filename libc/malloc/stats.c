/* See <synos/heap.h>; and malloc_stats(), which prints the same. */
#include <malloc.h>
#include <stdio.h>
#include <synos/heap.h>

#include "glue.h"
#include "heap.h"
#include "mapping.h"
#include "small.h"

/* All statistics of one moment, and the bytes mapped in it. What small blocks a thread allocated
 * is what its bins were given, less what they still hold. */
static struct allocation_stats snapshot(size_t *mapped)
{
	struct allocation_stats s;

	heap_lock();
	s = __heap_stats;
	for (struct heap *h = __heap_all; h; h = h->next) {
		uint64_t tally = __atomic_load_n(&h->tally, __ATOMIC_RELAXED);

		s.total_allocations += h->handed;
		s.bytes_allocated += h->handed_bytes;
		s.total_deallocations += h->freed + tally_blocks(tally);
		s.bytes_freed += h->freed_bytes + tally_bytes(tally);
		for (struct bin *bin = h->bins; bin < h->bins + SMALL_BINS; bin++) {
			size_t count = __heap_bin_count(bin);

			s.total_allocations -= count;
			s.bytes_allocated -= count ? count * slot_usable(bin_slot(bin)) : 0;
		}
	}
	s.current_usage = s.bytes_allocated - s.bytes_freed;
	s.peak_usage = __atomic_load_n(&__heap_peak, __ATOMIC_RELAXED);
	*mapped = __heap_mapped;
	heap_unlock();
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
