/* See small.h: slots, and whose heap is whose: blocks that are freed by another thread than their
 * heap's, threads that end, fork. The list of a slot is its thread's alone; when that has ended
 * ("parked"), nobody's, until a new thread takes the heap. What others free, and whatever changes more
 * than that list, goes under the lock. */
#include "small.h"

#include <errno.h>

#define FULL_PART	32	/* a full slot is not partial before such a part of it is free */
#define COUNT_PART	8	/* frees in a partial one are counted by such parts */

/* That of a bin without one: no block is in it, and none can be had. Nobody writes to it. */
static struct span no_slot = { .base = (char *)-GRANULE, .head = BIN_END, .foreign = BIN_END };

/* The heap of threads that did not allocate yet: it has nothing. */
static struct heap nobody = { .bins = { [0 ... BINS - 1] = { .slot = &no_slot } } };
static struct heap first;

_Thread_local struct heap *__heap_mine = &nobody;
struct heap *__heap_all;

static struct heap *parked;		/* linked by next_parked; under the lock */

/* Has the usage count so many blocks of s. */
static void slot_count(struct span *s, size_t counted)
{
	usage_add((counted - s->counted) * slot_usable(s));
	s->counted = (uint32_t)counted;
}

/* Gives a slot its next state, or the same again, and says when the next look at it is due. The usage
 * has its blocks as they are now, for as long as it is current all that are carved. For the owner. */
static void slot_become(struct span *s, enum span_kind kind)
{
	size_t used = slot_used(s), counted = s->carved, frees = INT32_MAX;

	if (kind != SLOT_CURRENT) {
		counted = used;
		frees = s->capacity / (kind == SLOT_FULL ? FULL_PART : COUNT_PART);
		frees = frees < used ? frees : used - 1;
	}
	slot_count(s, counted);
	__heap_used += ((s->kind == SLOT_CURRENT) - (kind == SLOT_CURRENT)) * GRANULE;
	s->kind = (uint8_t)kind;
	s->limit = s->bin > BIN_SMALL ? 0 : slot_limit(s);
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
		.base = s->base, .bytes = GRANULE, .head = BIN_END, .foreign = BIN_END,
		.capacity = (uint16_t)(GRANULE / size),
		.magic = (uint32_t)(((uint64_t)1 << 32) / size + 1),
	};
	return s;
}

/* What follows from frees in a slot: one without blocks in use is given up, and one that was full is so
 * no more. */
static void slot_look(struct span *s)
{
	if (slot_used(s)) {
		if (s->kind == SLOT_FULL)
			ring_add(&s->owner->partial[s->bin], &s->ring);
		s->kind = SLOT_PARTIAL;
		return;
	}
	if (s->kind == SLOT_PARTIAL)
		ring_remove(&s->ring);
	slot_count(s, 0);
	s->kind = SPAN_FREED;
	s->limit = 0;
	__heap_span_free(s->base, GRANULE, GRANULE);
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

/* Adds what other threads freed to the empty list of slot s, or else the blocks up to the end of a page,
 * the first first; false if there is no room. */
static bool slot_fill(struct span *s)
{
	size_t size = s->size, from = s->carved * size, count = (size_t)(s->capacity - s->carved), fit;
	struct object *b = (struct object *)(s->base + from), *last;
	uintptr_t link = object_link(b);

	if (s->foreign != BIN_END) {
		s->head = s->foreign;
		s->foreign = BIN_END;
		return true;
	}
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
	slot_become(s, SLOT_CURRENT);
	return true;
}

/* The calling thread's heap: that of a thread that has ended, or a new one; nobody's without memory for
 * one. Takes the lock. */
static struct heap *heap_thread(void)
{
	struct heap *h;

	if (__heap_mine != &nobody)
		return __heap_mine;
	heap_lock();
	h = parked;
	if (h) {
		parked = h->next_parked;
		__atomic_store_n(&h->parked, false, __ATOMIC_RELAXED);
	} else {
		h = __heap_all ? __heap_pages_map(sizeof *h, HEAP_PAGE) : &first;
		for (size_t i = 0; h && i < BINS; i++) {
			h->bins[i].slot = &no_slot;
			ring_init(&h->partial[i]);
		}
		if (h) {
			h->next = __heap_all;
			__heap_all = h;
		}
	}
	heap_unlock();
	if (h)
		__heap_mine = h;
	return __heap_mine;
}

/* Another thread may have given up the slot meanwhile. */
void __heap_slot_event(struct span *s)
{
	heap_lock();
	if (s->kind >= SLOT_CURRENT && s->owner == __heap_mine) {
		if (s->kind != SLOT_CURRENT)
			slot_look(s);
		if (s->kind >= SLOT_CURRENT)
			slot_become(s, s->kind);
	}
	__heap_tidy();
	heap_unlock();
}

/* Whether a free of the owner's was the last in s, of which other threads may free blocks too: each side
 * counts its own, and then looks what the other one has. */
static bool slot_emptied(const struct span *s)
{
	if (s->kind == SLOT_CURRENT)
		return false;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return !slot_counted(s);
}

/* Puts a block of any heap, stamped as free, on its slot's list of foreign frees. The owner's next free
 * in a slot that is not current goes the long way, and may find that it was the last. */
static void foreign_put(struct object *b)
{
	struct span *s = span_of(b);
	size_t used;

	if (b->stamp != object_stamp(b, s->owner) || object_next(b) != b)
		__heap_fail("freed block overwritten", s->base);
	b->link = object_link(s->foreign);
	s->foreign = b;
	__atomic_store_n(&s->balance, s->balance - 1, __ATOMIC_RELAXED);
	if (s->kind == SLOT_CURRENT)
		return;
	__atomic_store_n(&s->limit, 0, __ATOMIC_RELAXED);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	used = slot_used(s);
	slot_count(s, used);
	if (!used || s->carved - used >= s->capacity / FULL_PART)
		slot_look(s);
}

/* Under the lock. */
static void out_flush(struct heap *h)
{
	while (h->out_count)
		foreign_put(h->out[--h->out_count]);
}

/* When pages go back, slots that are current but idle go too. */
void __heap_tidy(void)
{
	out_flush(__heap_mine);
	if (__heap_spans_age()) {
		heap_sweep(__heap_mine, false);
		__heap_spans_age();
	}
}

/* Blocks of other threads' are kept back, if they are small and those threads go on, but not by nobody, who
 * may be several threads. What is kept back is marked, so that it is seen if the program writes to it, or
 * two threads free it at once. */
void __heap_small_free(struct span *s, struct object *b)
{
	struct heap *h = heap_thread();

	if (s->owner == h) {
		if (slot_put(h, s, b) || slot_emptied(s))
			__heap_slot_event(s);
		return;
	}
	b->stamp = object_stamp(b, s->owner);
	b->link = object_link(b);
	if (h != &nobody && h->out_count < OUT_MOST && s->bin <= BIN_SMALL &&
	    !__atomic_load_n(&s->owner->parked, __ATOMIC_RELAXED)) {
		h->out[h->out_count] = b;
		__atomic_store_n(&h->out_count, h->out_count + 1, __ATOMIC_RELEASE);
		return;
	}
	heap_lock();
	foreign_put(b);
	__heap_tidy();
	heap_unlock();
}

/* Gives up the slots that both their owner and another thread emptied, at the same moment. */
static void partial_look(struct heap *h)
{
	for (struct ring *end = h->partial; end < h->partial + BINS; end++)
		for (struct ring *r = end->next, *next; r != end; r = next) {
			next = r->next;
			slot_look(ring_entry(r, struct span, ring));
		}
}

bool __heap_trim(void)
{
	bool some;

	heap_lock();
	for (struct heap *h = __heap_all; h; h = h->next) {
		if (h == __heap_mine || h->parked) {
			out_flush(h);
			heap_sweep(h, false);
		}
		partial_look(h);
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

	while (s && s->head == BIN_END && !slot_fill(s)) {
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

void *__heap_refill(struct bin *bin)
{
	size_t number = (size_t)(bin - __heap_mine->bins);

	if (bin->slot->head != BIN_END)
		__heap_fail("freed block overwritten", bin->slot->base);
	for (int tries = 0; tries < 2; tries++) {
		struct heap *h = heap_thread();

		if (h != &nobody) {
			bin = &h->bins[number];
			heap_lock();
			bin_fill(h, bin);
			heap_unlock();
		}
		if (bin->slot != &no_slot)
			return bin_take(bin);
		__heap_trim();
	}
	errno = ENOMEM;
	return NULL;
}

/* Under the lock. */
static void heap_park(struct heap *h)
{
	__atomic_store_n(&h->parked, true, __ATOMIC_RELAXED);
	h->next_parked = parked;
	parked = h;
}

/* Its slots are current no more: who frees blocks of them later sees when they are idle. */
void __malloc_thread_exit(void)
{
	struct heap *h = __heap_mine;

	if (h == &nobody)
		return;
	heap_lock();
	heap_sweep(h, true);
	__heap_tidy();
	heap_park(h);
	__heap_mine = &nobody;
	heap_unlock();
}

/* The heaps of threads that the child does not have. Their slots stay current: to look at them would copy
 * pages that a program which only calls exec does not need. */
void __malloc_in_child(void)
{
	parked = NULL;
	for (struct heap *h = __heap_all; h; h = h->next)
		if (h != __heap_mine)
			heap_park(h);
}
