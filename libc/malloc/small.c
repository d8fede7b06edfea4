/* See small.h: slots, and whose heap is whose: blocks that are freed by another thread than their
 * heap's, threads that end, fork. A heap is its thread's alone; when the thread has ended
 * ("parked"), it is whoever's that holds the heap's lock, until a new thread takes it. Whatever
 * changes more than the list of a slot is done under the lock. */
#include "small.h"

#include <errno.h>

#define FULL_PART	32	/* a full slot is not partial before such a part of it is free */
#define COUNT_PART	8	/* frees in a partial one are counted by such parts */
#define DRAIN_MOST	512	/* foreign frees put on their lists at a time */
#define OUT_MOST	64	/* foreign frees kept back for one exchange */
#define HEAP_BYTES	((sizeof(struct heap) + HEAP_PAGE - 1) & -(size_t)HEAP_PAGE)

/* That of a bin without one: no block is in it, and none can be carved. Nobody writes to it. */
static struct span no_slot = { .base = (char *)-GRANULE, .head = BIN_END };

/* The heap of threads that did not allocate yet: it has nothing. */
static struct heap nobody = { .bins = { [0 ... BINS - 1] = { .slot = &no_slot } } };
static struct heap first;		/* in use once it has a next */

_Thread_local struct heap *__heap_mine = &nobody;
struct heap *__heap_all = &nobody;

static struct heap *parked;		/* linked by next_parked; under the lock */

/* Gives a slot its next state, or the same again, and says when the next look at it is due. The usage
 * has its blocks as they are now, for as long as it is current all that are carved. */
static void slot_become(struct span *s, enum span_kind kind)
{
	size_t used = slot_used(s), counted = s->carved, frees = INT32_MAX;

	if (kind != SLOT_CURRENT) {
		counted = used;
		frees = s->capacity / (kind == SLOT_FULL ? FULL_PART : COUNT_PART);
		frees = frees < used ? frees : used - 1;
	}
	usage_add((counted - s->counted) * slot_usable(s));
	__heap_used += ((s->kind == SLOT_CURRENT) - (kind == SLOT_CURRENT)) * GRANULE;
	s->counted = (uint32_t)counted;
	s->kind = (uint8_t)kind;
	s->left = (int32_t)frees;
	s->balance += used - slot_used(s);
}

/* Makes a slot for a bin; NULL without memory. */
static struct span *slot_open(struct heap *h, size_t bin)
{
	size_t size = bin_size(bin), dirty;
	struct span *s = __heap_span_take(GRANULE, GRANULE, &dirty);

	if (!s)
		return NULL;
	*s = (struct span){
		.kind = SLOT_FULL, .bin = (uint8_t)bin, .size = (uint16_t)size, .owner = h,
		.base = s->base, .bytes = GRANULE, .head = BIN_END, .capacity = (uint16_t)(GRANULE / size),
		.magic = (uint32_t)(((uint64_t)1 << 32) / size + 1),
	};
	return s;
}

/* Gives up a slot without blocks in use. */
static void slot_close(struct span *s)
{
	slot_become(s, SLOT_FULL);	/* neither current nor counted */
	s->kind = SPAN_FREED;
	s->limit = 0;
	__heap_span_free(s->base, GRANULE, GRANULE);
}

/* The frees that a look at s was due after are done. */
static void slot_look(struct span *s)
{
	bool idle = s->kind != SLOT_CURRENT && !slot_used(s);

	if (s->kind == SLOT_PARTIAL && idle)
		ring_remove(&s->ring);
	if (s->kind == SLOT_FULL && !idle)
		ring_add(&s->owner->partial[s->bin], &s->ring);
	if (idle)
		slot_close(s);
	else
		slot_become(s, s->kind == SLOT_CURRENT ? SLOT_CURRENT : SLOT_PARTIAL);
}

/* Gives up the current slots that have no block in use; if all, the others are current no more. */
static void heap_sweep(struct heap *h, bool all)
{
	for (struct bin *bin = h->bins; bin < h->bins + BINS; bin++) {
		struct span *s = bin->slot;

		if (s == &no_slot || (slot_used(s) && !all))
			continue;
		slot_become(s, SLOT_FULL);
		slot_look(s);		/* closed, or partial */
		bin->slot = &no_slot;
	}
}

/* Adds the blocks up to the end of a page to the empty list of slot s, the first first; false if there
 * is no room. */
static bool slot_carve(struct span *s)
{
	size_t size = s->size, from = s->carved * size, count = (size_t)(s->capacity - s->carved), fit;
	struct object *b = (struct object *)(s->base + from), *last;
	uintptr_t link = object_link(b);

	if (!count)
		return false;
	fit = (((from + size + HEAP_PAGE - 1) & -(size_t)HEAP_PAGE) - from) / size;
	count = fit < count ? fit : count;
	s->head = b;
	last = (struct object *)((char *)b + (count - 1) * size);
	for (; b <= last; b = (struct object *)((char *)b + size)) {
		link += size * __heap_seal.factor;
		b->link = link;
		b->stamp = object_stamp(b, s->owner);
	}
	last->link = object_link(BIN_END);
	s->carved += (uint16_t)count;
	if (s->bin <= BIN_SMALL)
		s->limit = s->carved * (uint32_t)(s->magic * size);	/* modulo 2^32: the excess */
	slot_become(s, SLOT_CURRENT);
	return true;
}

/* Whether b is a free block of this heap, put into its inbox. */
static bool inbox_valid(struct heap *h, const struct object *b)
{
	const struct span *s = span_of(b);

	return s->kind >= SLOT_CURRENT && s->owner == h && slot_has(s, b) &&
	       b->stamp == object_stamp(b, h);
}

/* Whether others freed blocks that are not on their lists yet. */
static bool inbox_waits(const struct heap *h)
{
	return h->pending || __atomic_load_n(&h->inbox, __ATOMIC_SEQ_CST);
}

/* The blocks that others freed come to their slots' lists, most of them at a time. */
static void inbox_drain(struct heap *h, size_t most)
{
	while (most-- && inbox_waits(h)) {
		struct object *b;
		struct span *s;

		if (!h->pending)
			h->pending = __atomic_exchange_n(&h->inbox, NULL, __ATOMIC_ACQUIRE);
		b = h->pending;
		h->pending = object_next(b);
		if (h->pending == BIN_END)
			h->pending = NULL;
		else if (!inbox_valid(h, h->pending))
			__heap_fail("freed block overwritten", b);
		s = span_of(b);
		h->away[s->bin]--;
		if (slot_put(h, s, b))
			slot_look(s);
	}
}

/* When pages go back, slots that are current but idle go too. */
void __heap_tidy(struct heap *h)
{
	bool some = __heap_spans_age(), came = inbox_waits(h);

	inbox_drain(h, DRAIN_MOST);
	if (some)
		heap_sweep(h, false);
	if (some || came)
		__heap_spans_age();
}

void __heap_slot_event(struct span *s)
{
	heap_lock();
	slot_look(s);
	__heap_tidy(__heap_mine);
	heap_unlock();
}

/* Hands a list of free blocks to their owner. If that has ended just then, it does not look again, so
 * someone else has to. Not under the lock. */
static void inbox_put(struct heap *owner, struct object *first, struct object *last)
{
	struct object *there = __atomic_load_n(&owner->inbox, __ATOMIC_RELAXED);

	do {
		last->link = object_link(there ? there : BIN_END);
	} while (!__atomic_compare_exchange_n(&owner->inbox, &there, first, true, __ATOMIC_SEQ_CST,
					      __ATOMIC_RELAXED));
	if (!__atomic_load_n(&owner->parked, __ATOMIC_SEQ_CST))
		return;
	heap_lock();
	if (owner->parked)
		__heap_tidy(owner);
	heap_unlock();
}

static void out_flush(struct heap *h)
{
	if (h->out_count)
		inbox_put(h->out_owner, h->out_first, h->out_last);
	h->out_count = 0;
}

/* Keeps a block of another heap, which is freed here, until there are some of the same owner's; a large
 * one, or that of a thread that has ended, goes at once. */
static void out_put(struct heap *h, struct span *s, struct object *b)
{
	h->away[s->bin]++;
	if (h->out_owner != s->owner)
		out_flush(h);
	h->out_owner = s->owner;
	b->link = object_link(h->out_first);
	h->out_first = b;
	if (!h->out_count++)
		h->out_last = b;
	if (h->out_count == OUT_MOST || s->bin > BIN_SMALL ||
	    __atomic_load_n(&s->owner->parked, __ATOMIC_RELAXED))
		out_flush(h);
}

int heap_trim(void)
{
	bool some;

	out_flush(__heap_mine);
	heap_lock();
	for (struct heap *h = __heap_all; h; h = h->next)
		if (h == __heap_mine || h->parked) {
			inbox_drain(h, SIZE_MAX);
			heap_sweep(h, false);
		}
	some = __heap_spans_trim();
	heap_unlock();
	return some;
}

/* Makes the bin have a block; without memory it has no slot then. */
static void bin_fill(struct heap *h, struct bin *bin)
{
	struct ring *partial = &h->partial[bin - h->bins];
	struct span *s = bin->slot;

	while (s && s->head == BIN_END && !slot_carve(s)) {
		if (s != &no_slot)
			slot_become(s, SLOT_FULL);
		bin->slot = &no_slot;
		if (ring_empty(partial)) {
			s = slot_open(h, (size_t)(bin - h->bins));
		} else {
			s = ring_entry(partial->previous, struct span, ring);
			ring_remove(&s->ring);
		}
		if (s) {
			bin->slot = s;
			slot_become(s, SLOT_CURRENT);
		}
	}
}

static void heap_init(struct heap *h)
{
	for (size_t i = 0; i < BINS; i++) {
		h->bins[i].slot = &no_slot;
		ring_init(&h->partial[i]);
	}
	h->next = __heap_all;
	__heap_all = h;
}

/* The calling thread's heap: that of a thread that has ended, or a new one; NULL without memory for
 * one. Takes the lock. */
static struct heap *heap_thread(void)
{
	struct heap *h = __heap_mine;

	if (h != &nobody)
		return h;
	heap_lock();
	h = parked;
	if (h) {
		parked = h->next_parked;
		__atomic_store_n(&h->parked, false, __ATOMIC_RELAXED);
	} else {
		h = first.next ? __heap_pages_map(HEAP_BYTES, HEAP_PAGE) : &first;
		if (h)
			heap_init(h);
	}
	heap_unlock();
	if (h)
		__heap_mine = h;
	return h;
}

void *__heap_refill(struct bin *bin)
{
	size_t number = (size_t)(bin - __heap_mine->bins);

	if (bin->slot->head != BIN_END)
		__heap_fail("freed block overwritten", bin->slot->base);
	for (int tries = 0; tries < 2; tries++) {
		struct heap *h = heap_thread();

		if (h) {
			bin = &h->bins[number];
			heap_lock();
			if (inbox_waits(h))
				__heap_tidy(h);
			bin_fill(h, bin);
			heap_unlock();
		}
		if (bin->slot != &no_slot)
			return bin_take(bin);
		heap_trim();
	}
	errno = ENOMEM;
	return NULL;
}

/* Without memory for a heap, the heap of nobody counts what is freed. */
void __heap_small_free(struct span *s, struct object *b)
{
	struct heap *h = heap_thread(), *owner = s->owner;

	if (owner == h) {
		if (slot_put(h, s, b))
			__heap_slot_event(s);
		return;
	}
	b->stamp = object_stamp(b, owner);
	if (h) {
		out_put(h, s, b);
	} else {
		__atomic_add_fetch(&nobody.away[s->bin], 1, __ATOMIC_RELAXED);
		inbox_put(owner, b, b);
	}
}

/* Under the lock. */
static void heap_park(struct heap *h)
{
	__atomic_store_n(&h->parked, true, __ATOMIC_SEQ_CST);
	h->next_parked = parked;
	parked = h;
}

/* Its slots are current no more: who frees blocks of them later is to see when they are idle. */
void __malloc_thread_exit(void)
{
	struct heap *h = __heap_mine;

	if (h == &nobody)
		return;
	out_flush(h);
	__heap_mine = &nobody;
	heap_lock();
	heap_park(h);
	inbox_drain(h, SIZE_MAX);
	heap_sweep(h, true);
	__heap_tidy(h);
	heap_unlock();
}

/* The heaps of threads that the child does not have. What one had not yet handed on is lost. Their slots
 * stay current: to look at them would copy pages that a program which only calls exec does not need. */
void __malloc_in_child(void)
{
	parked = NULL;
	for (struct heap *h = __heap_all; h; h = h->next)
		if (h != __heap_mine && h != &nobody) {
			h->out_count = 0;
			heap_park(h);
		}
}
