/* See small.h. Slots change their state under the heap's lock; taking blocks over from a slot
 * and carving new ones does not need it. Current slots without a block in use are given up when
 * there are no more others than current ones, and when there are more current ones than at the last
 * time. */
#include "small.h"

#include <errno.h>

#include "block.h"

#define CARVE_BYTES	4096	/* that are cut at a time, and one block more */
#define BIN_LEAST	64	/* blocks that a bin takes over if there are more to carve, */
#define BIN_BYTES	16384	/* or so many bytes of those with a fence */
#define SLOTS_KEPT	8	/* slots that may be current without a block in use */
#define PARTIAL_PART	32	/* a full slot is not partial before such a part of it is free */

/* The thread's own counters, and what it adds to the usage of all. */
void __heap_settle(struct heap *h)
{
	uint64_t tally = h->tally;

	h->tally -= tally;
	__atomic_store_n(&h->freed, h->freed + tally_blocks(tally), __ATOMIC_RELEASE);
	__atomic_store_n(&h->freed_bytes, h->freed_bytes + tally_bytes(tally), __ATOMIC_RELEASE);
	usage_add(h->handed_bytes - h->freed_bytes - h->published);
	h->published = h->handed_bytes - h->freed_bytes;
}

static void handed_add(struct heap *h, const struct span *s, size_t count)
{
	h->handed += count;
	h->handed_bytes += count * slot_usable(s);
	__heap_settle(h);
}

size_t __heap_bin_count(const struct bin *bin)
{
	uintptr_t head = __atomic_load_n((const uintptr_t *)&bin->head, __ATOMIC_RELAXED);
	uintptr_t slot = __atomic_load_n(&bin->slot, __ATOMIC_RELAXED);
	size_t count = 0;

	while ((head ^ slot) < GRANULE && head % SMALL_STEP == 0 && count < GRANULE / SMALL_STEP) {
		count++;
		head = (uintptr_t)object_next((struct object *)head);
	}
	return count;
}

/* The next look at s is at the free that comes after so many. */
static void slot_watch(struct span *s, size_t frees)
{
	s->ahead = (uint32_t)(slot_used(s) - frees);
	s->left = (int32_t)frees;
}

/* Likewise for a current slot, whose bin has count blocks: when those in use now are free, if
 * they are so many that counting the bin then costs little for each. */
static void current_watch(struct span *s, size_t count)
{
	size_t used = slot_used(s);

	slot_watch(s, (used - count > count ? used - count : used) - 1);
}

/* Those are free. Whether the current slot s has no block in use, and is one of so many that it is
 * worth giving up. */
static bool current_idle(struct heap *h, struct span *s)
{
	size_t count = __heap_bin_count(&h->bins[s->bin]);

	if (slot_used(s) == count && h->currents > SLOTS_KEPT)
		return true;
	current_watch(s, count);
	return false;
}

/* Makes a slot for a bin; NULL without memory. */
static struct span *slot_open(struct heap *h, size_t bin)
{
	size_t size = bin_size(bin), dirty;
	char *base = __heap_span_take(GRANULE, GRANULE, &dirty);
	struct span *s = span_of(base);

	if (!base)
		return NULL;
	*s = (struct span){
		.kind = SLOT_CURRENT, .bin = (uint8_t)bin, .size = (uint16_t)size, .owner = h,
		.base = base, .bytes = GRANULE, .head = BIN_END, .capacity = (uint16_t)(GRANULE / size),
		.magic = (uint32_t)(((uint64_t)1 << 32) / size + 1),
	};
	s->tally = ((uint64_t)1 << TALLY_UNITS) + slot_usable(s) / SMALL_STEP;
	h->slots++;
	return s;
}

/* Gives up a slot without blocks in use. */
static void slot_close(struct heap *h, struct span *s)
{
	h->slots--;
	s->kind = SPAN_FREED;
	s->limit = 0;
	__heap_span_free(s->base, GRANULE, GRANULE);
}

/* Gives up a current slot whose only blocks not free are the count in its bin. */
static void current_close(struct heap *h, struct span *s, size_t count)
{
	h->bins[s->bin] = (struct bin){ BIN_END, BIN_NO_SLOT };
	handed_add(h, s, -count);
	h->currents--;
	slot_close(h, s);
}

/* So many frees as blocks were counted have to come before the next time. */
void __heap_sweep(struct heap *h)
{
	size_t all = 0;

	for (struct bin *bin = h->bins; bin < h->bins + BINS; bin++) {
		struct span *s = bin_slot(bin);
		size_t count = s ? __heap_bin_count(bin) : 0;

		if (s && slot_used(s) == count)
			current_close(h, s, count);
		all += count;
	}
	h->sweep_due = h->freed + all;
}

/* The frees that a look at s was due after are done. Of a full slot these are some: it goes to the
 * partial ones. Of a partial one it was the last. */
void __heap_slot_look(struct heap *h, struct span *s)
{
	if (s->kind == SLOT_FULL) {
		slot_watch(s, slot_used(s) - 1);
		s->kind = SLOT_PARTIAL;
		ring_add(&h->partial[s->bin], &s->ring);
	} else if (s->kind == SLOT_PARTIAL) {
		ring_remove(&s->ring);
		slot_close(h, s);
		if (h->slots <= 2 * h->currents && h->freed + tally_blocks(h->tally) >= h->sweep_due)
			__heap_sweep(h);
	} else if (current_idle(h, s)) {
		current_close(h, s, slot_used(s));
	}
}

/* Most often the slot is current, and goes on: that is the thread's own affair. */
void __heap_slot_event(struct heap *h, struct span *s)
{
	bool over;

	heap_busy(h, true);
	over = s->kind != SLOT_CURRENT || current_idle(h, s);
	heap_busy(h, false);
	if (!over)
		return;
	heap_lock();
	__heap_slot_look(h, s);
	__heap_settle(h);
	heap_unlock();
}

/* A slot with free blocks, or room for some, to become current; NULL without memory. */
static struct span *slot_get(struct heap *h, size_t bin)
{
	struct ring *partial = &h->partial[bin];
	struct span *s;

	if (ring_empty(partial))
		return slot_open(h, bin);
	s = ring_entry(partial->previous, struct span, ring);
	ring_remove(&s->ring);
	s->kind = SLOT_CURRENT;
	return s;
}

/* The next slot of a bin, NULL without memory. */
static struct span *slot_find(struct heap *h, struct bin *bin)
{
	size_t number = (size_t)(bin - h->bins);
	struct span *s;

	heap_lock();
	if (h->currents > h->currents_swept + SLOTS_KEPT) {
		__heap_sweep(h);
		h->currents_swept = h->currents;
	}
	h->currents -= bin->slot != BIN_NO_SLOT;
	bin->slot = BIN_NO_SLOT;
	s = slot_get(h, number);
	if (!s) {
		__heap_trim();
		s = slot_get(h, number);
	}
	if (s) {
		h->currents++;
		bin->slot = (uintptr_t)s->base;
	}
	heap_unlock();
	return s;
}

/* Some more blocks of slot s, as a list that begins with the first. */
static struct object *slot_carve(struct heap *h, struct span *s, size_t *count)
{
	size_t size = s->size, most = (size_t)(s->capacity - s->carved);
	struct object *head = (struct object *)(s->base + s->carved * size), *b = head, *last;
	uintptr_t link = object_link(b);

	*count = CARVE_BYTES / size + 1 < most ? CARVE_BYTES / size + 1 : most;
	last = (struct object *)((char *)b + (*count - 1) * size);
	for (; b <= last; b = (struct object *)((char *)b + size)) {
		link += size * __heap_seal.factor;
		b->link = link;
		b->stamp = object_stamp(b, h);
	}
	last->link = object_link(BIN_END);
	s->carved += (uint16_t)*count;
	if (s->bin <= BIN_SMALL)
		s->limit = s->carved * (uint32_t)(s->magic * size);	/* modulo 2^32: the excess */
	return head;
}

/* Fills an empty bin; false without memory. */
static bool bin_fill(struct heap *h, struct bin *bin)
{
	struct span *s = bin_slot(bin);
	struct object *head;
	size_t count;

	while (!s || (s->head == BIN_END && s->carved == s->capacity)) {
		if (s) {
			s->kind = SLOT_FULL;
			slot_watch(s, s->capacity / PARTIAL_PART);
		}
		s = slot_find(h, bin);
		if (!s)
			return false;
	}
	count = s->carved - slot_used(s);
	if (count < BIN_LEAST && s->carved < s->capacity &&
	    (s->bin <= BIN_SMALL || count * s->size < BIN_BYTES)) {
		head = slot_carve(h, s, &count);
	} else {
		head = s->head;
		s->head = BIN_END;
	}
	s->ahead += (uint32_t)count;
	/* First, so that who asks for statistics meanwhile does not see more in bins than was handed. */
	handed_add(h, s, count);
	__atomic_store_n(&bin->head, head, __ATOMIC_RELEASE);
	current_watch(s, count);
	return true;
}

void *__heap_refill(struct bin *bin)
{
	size_t number = (size_t)(bin - __heap_mine->bins), dirty;
	struct heap *h = __heap_thread();
	bool filled;

	if (!h)		/* not even a page */
		return __heap_large_allocate(bin_size(number), HEAP_ALIGN, &dirty);
	bin = &h->bins[number];
	if (bin->head != BIN_END) {
		if (((uintptr_t)bin->head ^ bin->slot) >= GRANULE)
			__heap_fail("freed block overwritten", (void *)bin->slot);
		return bin_take(bin);
	}
	heap_busy(h, true);
	__heap_inbox_empty(h);
	filled = bin_fill(h, bin);
	heap_busy(h, false);
	if (filled)
		return bin_take(bin);
	errno = ENOMEM;
	return NULL;
}
