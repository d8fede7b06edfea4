/* What is asked of the heap as a whole: what it counted, a walk over its blocks and what they add
 * up to, giving back what it keeps. See <synos/heap.h> and <malloc.h>. */
#include <malloc.h>
#include <stdio.h>
#include <synos/heap.h>

#include "small.h"

/* Of small blocks, those taken from bins that are not in use of slots have been freed; and so have those
 * on their way to their slots. Other threads' frees are looked at before their allocations, and what is
 * in use at last: so no block is freed that was not allocated. */
struct allocation_stats get_allocation_stats(void)
{
	size_t taken = 0, taken_bytes = 0, used = 0, used_bytes = 0;
	struct allocation_stats s;

	heap_lock();
	for (struct heap *h = __heap_all; h; h = h->next) {
		used -= __atomic_load_n(&h->sent, __ATOMIC_ACQUIRE) - h->came;
		used_bytes -= __atomic_load_n(&h->sent_bytes, __ATOMIC_ACQUIRE) - h->came_bytes;
	}
	for (struct heap *h = __heap_all; h; h = h->next)
		for (size_t bin = 0; bin < BINS; bin++) {
			size_t count = __atomic_load_n(&h->bins[bin].taken, __ATOMIC_ACQUIRE);

			taken += count;
			taken_bytes += count * bin_usable(bin);
		}
	for each_span(slot)
		if (slot->kind >= SLOT_CURRENT) {
			size_t count = slot_used(slot);

			used += count;
			used_bytes += count * slot_usable(slot);
		}
	s = __heap_stats;
	s.total_allocations += taken;
	s.bytes_allocated += taken_bytes;
	s.total_deallocations += used < taken ? taken - used : 0;
	s.bytes_freed += used_bytes < taken_bytes ? taken_bytes - used_bytes : 0;
	s.current_usage = s.bytes_allocated - s.bytes_freed;
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
