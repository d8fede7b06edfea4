/* What is asked of the heap as a whole: what it counted, a walk over its blocks and what they add
 * up to, giving back what it keeps. See <synos/heap.h> and <malloc.h>. */
#include <malloc.h>
#include <stdio.h>
#include <synos/heap.h>

#include "block.h"

/* What small blocks a thread allocated is what its bins were given, less what they still hold. While
 * threads go on this is of no single moment; what it then says is possible all the same. */
struct allocation_stats get_allocation_stats(void)
{
	struct allocation_stats s;

	heap_lock();
	s = __heap_stats;
	/* The tally after that into which it is settled: rather missed than counted twice. */
	for (struct heap *h = __heap_all; h; h = h->next) {
		uint64_t tally;

		s.total_deallocations += __atomic_load_n(&h->freed, __ATOMIC_ACQUIRE);
		s.bytes_freed += __atomic_load_n(&h->freed_bytes, __ATOMIC_ACQUIRE);
		tally = __atomic_load_n(&h->tally, __ATOMIC_ACQUIRE);
		s.total_deallocations += tally_blocks(tally);
		s.bytes_freed += tally_bytes(tally);
	}
	/* Then what was handed out, by whatever thread: what is freed had been that before. */
	for (struct heap *h = __heap_all; h; h = h->next) {
		for (struct bin *bin = h->bins; bin < h->bins + BINS; bin++) {
			size_t count = __heap_bin_count(bin);

			s.total_allocations -= count;
			s.bytes_allocated -= count ? count * slot_usable(bin_slot(bin)) : 0;
		}
		/* Last: what is in a bin had been handed to it before. */
		s.total_allocations += __atomic_load_n(&h->handed, __ATOMIC_ACQUIRE);
		s.bytes_allocated += __atomic_load_n(&h->handed_bytes, __ATOMIC_ACQUIRE);
	}
	/* A bin may have grown while it was counted: its thread took a block and freed it again. */
	if (s.total_allocations < s.total_deallocations)
		s.total_allocations = s.total_deallocations;
	if (s.bytes_allocated < s.bytes_freed)
		s.bytes_allocated = s.bytes_freed;
	s.current_usage = s.bytes_allocated - s.bytes_freed;
	s.peak_usage = __atomic_load_n(&__heap_peak, __ATOMIC_RELAXED);
	if (s.peak_usage < s.current_usage)
		s.peak_usage = s.current_usage;
	heap_unlock();
	return s;
}

unsigned get_heap_usage_percent(void)
{
	size_t current = get_allocation_stats().current_usage;
	size_t mapped = __atomic_load_n(&__heap_mapped, __ATOMIC_RELAXED);

	return mapped ? (unsigned)(current * 100 / mapped) : 0;
}

void malloc_stats(void)
{
	struct allocation_stats s = get_allocation_stats();

	fprintf(stderr,
		"allocations %zu, deallocations %zu\n"
		"bytes allocated %zu, freed %zu\n"
		"bytes in use %zu, at the peak %zu\n"
		"bytes mapped %zu, in use %u %%\n",
		s.total_allocations, s.total_deallocations, s.bytes_allocated, s.bytes_freed,
		s.current_usage, s.peak_usage, __heap_mapped, get_heap_usage_percent());
}

static int slot_walk(const struct span *s, heap_visitor *visit, void *argument)
{
	int ended = 0;

	for (size_t k = 0; !ended && k < s->carved; k++) {
		struct object *b = (struct object *)(s->base + k * s->size);

		ended = visit(&(struct heap_block){
			.memory = b, .bytes = slot_usable(s),
			.used = b->stamp != object_stamp(b, s->owner),
		}, argument);
	}
	return ended;
}

int heap_walk(heap_visitor *visit, void *argument)
{
	const char *at = NULL;
	struct span *s;
	int ended = 0;

	heap_lock();
	while (!ended && (s = __heap_span_from(at))) {
		bool large = s->kind == SPAN_LARGE;

		at = s->base + s->bytes;
		if (s->kind >= SLOT_CURRENT)
			ended = slot_walk(s, visit, argument);
		else
			ended = visit(&(struct heap_block){
				.memory = s->base, .bytes = large ? s->usable : s->bytes,
				.used = large,
			}, argument);
	}
	heap_unlock();
	return ended;
}

static int histogram_add(const struct heap_block *block, void *argument)
{
	size_t *counts = argument;

	if (block->used)
		counts[block->bytes ? 64 - __builtin_clzl(block->bytes) : 0]++;
	return 0;
}

void heap_histogram(size_t counts[HEAP_HISTOGRAM])
{
	for (int i = 0; i < HEAP_HISTOGRAM; i++)
		counts[i] = 0;
	heap_walk(histogram_add, counts);
}

int heap_trim(void)
{
	bool some;

	heap_lock();
	some = __heap_trim();
	heap_unlock();
	return some;
}

int malloc_trim(size_t keep)
{
	(void)keep;
	return heap_trim();
}

static int info_add(const struct heap_block *block, void *argument)
{
	struct mallinfo2 *info = argument;

	if (block->used) {
		info->uordblks += block->bytes;
	} else {
		info->ordblks++;
		info->fordblks += block->bytes;
	}
	return 0;
}

struct mallinfo2 mallinfo2(void)
{
	struct mallinfo2 info = { 0 };

	heap_walk(info_add, &info);
	info.arena = __heap_mapped;
	return info;
}
