/* What is asked of the heap as a whole: what it counted, a walk over its blocks and what they add
 * up to. See <synos/heap.h> and <malloc.h>. */
#include <malloc.h>
#include <stdio.h>
#include <synos/heap.h>

#include "small.h"

/* Adds the small blocks. What was taken from a bin and is not in use of its slots has been freed, and so
 * has what waits to be put there. Frees are looked at first: so of what other threads do meanwhile none is
 * counted whose allocation is not. The allocations may be too many then by what a current slot has, no
 * more. */
static void small_stats(struct allocation_stats *sum)
{
	size_t freed[BINS] = { 0 };

	for (struct heap *h = __heap_all; h; h = h->next)
		for (size_t i = __atomic_load_n(&h->out_count, __ATOMIC_ACQUIRE); i-- > 0;)
			freed[span_of(h->out[i])->bin]++;
	for each_span(s)
		if (s->kind > SLOT_CURRENT)
			freed[s->bin] -= slot_used(s);
	for (struct heap *h = __heap_all; h; h = h->next)
		for (size_t i = 0; i < BINS; i++) {
			const struct span *s = h->bins[i].slot;
			size_t used = slot_counted(s);
			size_t taken = __atomic_load_n(&h->bins[i].taken, __ATOMIC_ACQUIRE);

			if (s->kind == SLOT_CURRENT && used + taken > s->carved)
				taken = s->carved - used;
			freed[i] += s->kind == SLOT_CURRENT ? -used : taken;
			sum->total_allocations += taken;
			sum->bytes_allocated += taken * bin_usable(i);
		}
	for (size_t i = 0; i < BINS; i++) {
		sum->total_deallocations += freed[i];
		sum->bytes_freed += freed[i] * bin_usable(i);
	}
}

struct allocation_stats get_allocation_stats(void)
{
	struct allocation_stats s;

	heap_lock();
	s = __heap_stats;
	small_stats(&s);
	heap_unlock();
	s.current_usage = s.bytes_allocated - s.bytes_freed;
	if (s.peak_usage > s.bytes_allocated)	/* free blocks were counted */
		s.peak_usage = s.bytes_allocated;
	return s;
}

static unsigned percent(size_t current, size_t mapped)
{
	return mapped ? (unsigned)(current * 100 / mapped) : 0;
}

unsigned get_heap_usage_percent(void)
{
	return percent(get_allocation_stats().current_usage, __heap_mapped);
}

void malloc_stats(void)
{
	struct allocation_stats s = get_allocation_stats();
	size_t mapped = __heap_mapped;

	fprintf(stderr,
		"allocations %zu, deallocations %zu\n"
		"bytes allocated %zu, freed %zu\n"
		"bytes in use %zu, at the peak %zu\n"
		"bytes mapped %zu, in use %u %%\n",
		s.total_allocations, s.total_deallocations, s.bytes_allocated, s.bytes_freed,
		s.current_usage, s.peak_usage, mapped, percent(s.current_usage, mapped));
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
	int ended = 0;

	heap_lock();
	for each_span(s) {
		bool large = s->kind == SPAN_LARGE;

		if (s->kind >= SLOT_CURRENT)
			ended = slot_walk(s, visit, argument);
		else
			ended = visit(&(struct heap_block){
				.memory = s->base, .bytes = large ? s->usable : s->bytes,
				.used = large,
			}, argument);
		if (ended)
			break;
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
	return __heap_trim();
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
