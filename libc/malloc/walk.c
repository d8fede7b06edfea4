/* What is asked of the heap as a whole: a walk over its blocks, what they add up to, and giving
 * back what it keeps. See <synos/heap.h> and <malloc.h>. */
#include <malloc.h>
#include <synos/heap.h>

#include "heap.h"
#include "region.h"
#include "small.h"

static int region_walk(const struct mapping *m, heap_visitor *visit, void *argument)
{
	uintptr_t at = m->base;
	int ended = 0;

	while (!ended && at < mapping_end(m)) {
		struct block *b = (struct block *)at;
		uint64_t tag = block_tag(b);

		ended = visit(&(struct heap_block){
			.memory = block_payload(b), .bytes = tag_size(tag) - BLOCK_HEADER,
			.used = tag_state(tag) == BLOCK_LIVE,
		}, argument);
		at += tag_size(tag);
	}
	return ended;
}

static int slot_walk(const struct slot *s, char *base, heap_visitor *visit, void *argument)
{
	const struct heap *owner = segment_of(s)->heap;
	int ended = 0;

	for (size_t k = 0; !ended && k < s->carved; k++) {
		struct object *b = (struct object *)(base + k * s->size);

		ended = visit(&(struct heap_block){
			.memory = b, .bytes = slot_usable(s),
			.used = b->stamp != object_stamp(b, owner),
		}, argument);
	}
	return ended;
}

static int segment_walk(const struct mapping *m, heap_visitor *visit, void *argument)
{
	char *base = (char *)m->base;
	int ended = 0;

	for (int i = 0; !ended && i < SEGMENT_SLOTS; i++, base += SLOT_BYTES) {
		const struct slot *s = slot_of(base);

		if (s->state != SLOT_FREE)
			ended = slot_walk(s, base, visit, argument);
	}
	return ended;
}

int heap_walk(heap_visitor *visit, void *argument)
{
	struct mapping *m;
	int ended = 0;

	heap_lock();
	for (m = __heap_mapping_from(0); !ended && m; m = __heap_mapping_from(mapping_end(m))) {
		if (m->kind == MAPPING_REGION)
			ended = region_walk(m, visit, argument);
		else if (m->kind == MAPPING_SEGMENT)
			ended = segment_walk(m, visit, argument);
		else
			ended = visit(&(struct heap_block){
				.memory = (void *)m->base, .bytes = m->size, .used = 1,
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
	some = __heap_trim_regions() | (int)__heap_small_trim();
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
	heap_lock();
	for (struct mapping *m = __heap_mapping_from(0); m;
	     m = __heap_mapping_from(mapping_end(m))) {
		if (m->kind == MAPPING_LARGE) {
			info.hblks++;
			info.hblkhd += m->size;
		}
	}
	info.arena = __heap_mapped - info.hblkhd;
	info.uordblks -= info.hblkhd;
	heap_unlock();
	return info;
}
