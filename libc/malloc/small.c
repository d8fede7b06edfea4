/* See small.h. Slots change their state under the heap's lock; taking blocks over from a slot
 * and carving new ones does not need it. When only current slots are in use, those without
 * blocks in use are given up too. */
#include "small.h"

#include "heap.h"
#include "units.h"

#define CARVE_BYTES	4096	/* at a time, and */
#define CARVE_LEAST	8	/* blocks at least */
#define BIN_LEAST	64	/* blocks that a bin takes over if there are more to carve */
#define SLOTS_KEPT	8	/* slots that may be current without a block in use */

uintptr_t __heap_seal, __heap_unseal;

/* The thread's own counters, and what it adds to the usage of all. */
void __heap_settle(struct heap *h)
{
	uint64_t tally = h->tally;

	h->tally -= tally;
	h->freed += tally_blocks(tally);
	h->freed_bytes += tally_bytes(tally);
	usage_add(h->handed_bytes - h->freed_bytes - h->published);
	h->published = h->handed_bytes - h->freed_bytes;
}

static void handed_add(struct heap *h, const struct slot *s, size_t count)
{
	h->handed += count;
	h->handed_bytes += count * slot_usable(s);
	__heap_settle(h);
}

/* How many blocks a bin holds. Whoever holds the lock may ask; if the bin is another thread's,
 * which goes on, the number is of some moment, and nothing but its slot is read. */
size_t __heap_bin_count(const struct bin *bin)
{
	uintptr_t head = __atomic_load_n((const uintptr_t *)&bin->head, __ATOMIC_RELAXED);
	uintptr_t slot = __atomic_load_n(&bin->slot, __ATOMIC_RELAXED);
	size_t count = 0;

	while ((head ^ slot) < SLOT_BYTES && head % SMALL_STEP == 0 &&
	       count < SLOT_BYTES / SMALL_STEP) {
		count++;
		head = (uintptr_t)object_next((struct object *)head);
	}
	return count;
}

/* The next look at s is after so many frees. */
static void slot_watch(struct slot *s, size_t frees)
{
	s->ahead += s->left - (uint32_t)frees;
	s->left = (uint32_t)frees;
}

/* Likewise for a current slot, whose bin has count blocks: when those in use now are free, if
 * they are so many that counting the bin then costs little for each. */
static void current_watch(struct slot *s, size_t count)
{
	size_t used = s->left + s->ahead;

	slot_watch(s, used - count > count / 2 ? used - count : used);
}

/* Gives up a current slot whose only blocks not free are the count in its bin. */
static void current_close(struct heap *h, struct slot *s, size_t count)
{
	h->bins[s->bin] = (struct bin){ BIN_END, BIN_NO_SLOT };
	handed_add(h, s, -count);
	h->currents--;
	__heap_slot_close(h, s);
}

/* Gives up the current slots that have no block in use. Under the lock. */
void __heap_sweep(struct heap *h)
{
	for (struct bin *bin = h->bins; bin < h->bins + SMALL_BINS; bin++) {
		struct slot *s = bin_slot(bin);
		size_t count = s ? __heap_bin_count(bin) : 0;

		if (s && s->left + s->ahead == count)
			current_close(h, s, count);
	}
}

/* The frees that a look at s was due after are done. Of a full slot that was the first: it goes
 * to the partial ones. Of a partial one it was the last. The current one may have no block in
 * use any more, and is worth giving up if there are many. Under the lock. */
void __heap_slot_look(struct heap *h, struct slot *s)
{
	size_t count;

	if (s->state == SLOT_FULL) {
		slot_watch(s, s->ahead);
		s->state = SLOT_PARTIAL;
		ring_add(&h->partial[s->bin], &s->ring);
	} else if (s->state == SLOT_PARTIAL) {
		ring_remove(&s->ring);
		__heap_slot_close(h, s);
		if (h->slots == h->currents)
			__heap_sweep(h);
	} else {
		count = __heap_bin_count(&h->bins[s->bin]);
		if (s->ahead == count && h->slots > SLOTS_KEPT)
			current_close(h, s, count);
		else
			current_watch(s, count);
	}
}

void __heap_slot_event(struct heap *h, struct slot *s)
{
	heap_lock();
	__heap_slot_look(h, s);
	__heap_settle(h);
	heap_unlock();
}

/* A slot with free blocks, or room for some, becomes current. */
static struct slot *slot_find(struct heap *h, const struct bin *bin)
{
	size_t number = (size_t)(bin - h->bins);
	struct ring *partial = &h->partial[number];
	struct slot *s;

	heap_lock();
	if (ring_empty(partial)) {
		s = __heap_slot_open(h, number);
	} else {
		s = ring_entry(partial->previous, struct slot, ring);
		ring_remove(&s->ring);
	}
	if (s)
		s->state = SLOT_CURRENT;
	h->currents += (s != NULL) - (bin->slot != BIN_NO_SLOT);
	heap_unlock();
	return s;
}

/* Some more blocks of slot s, as a list that begins with the first. */
static struct object *slot_carve(struct heap *h, struct slot *s, size_t *count)
{
	size_t size = s->size, most = (size_t)(s->capacity - s->carved);
	struct object *head = (struct object *)(slot_base(s) + s->carved * size), *b = head, *last;
	uintptr_t link = object_link(b);

	*count = CARVE_BYTES / size > CARVE_LEAST ? CARVE_BYTES / size : CARVE_LEAST;
	if (*count > most)
		*count = most;
	last = (struct object *)((char *)b + (*count - 1) * size);
	for (; b <= last; b = (struct object *)((char *)b + size)) {
		link += size * __heap_seal;
		b->link = link;
		b->stamp = object_stamp(b, h);
	}
	last->link = object_link(BIN_END);
	s->carved += (uint16_t)*count;
	s->limit = s->carved * (uint32_t)(s->magic * size);	/* modulo 2^32: the excess */
	return head;
}

/* Fills an empty bin; false without memory. */
static bool bin_fill(struct heap *h, struct bin *bin)
{
	struct slot *s = bin_slot(bin);
	size_t count;

	while (!s || (s->head == BIN_END && s->carved == s->capacity)) {
		if (s) {
			s->state = SLOT_FULL;
			slot_watch(s, 1);
		}
		s = slot_find(h, bin);
		bin->slot = s ? (uintptr_t)slot_base(s) : BIN_NO_SLOT;
		if (!s)
			return false;
	}
	count = s->carved - s->left - s->ahead;
	if (count < BIN_LEAST && s->carved < s->capacity) {
		bin->head = slot_carve(h, s, &count);
	} else {
		bin->head = s->head;
		s->head = BIN_END;
	}
	s->ahead += (uint32_t)count;
	current_watch(s, count);
	handed_add(h, s, count);
	return true;
}

/* Where there are no pages for a slot, there may be room in a region. A block has the alignment
 * that one in a slot would have. */
static void *refill_elsewhere(size_t bin)
{
	size_t size = __heap_bin_size(bin), dirty;

	return __heap_allocate(size, size & -size, &dirty);
}

/* The bin may be one of nobody's. */
void *__heap_refill(struct bin *bin)
{
	size_t number = (size_t)(bin - __heap_mine->bins);
	struct heap *h = __heap_thread();
	bool filled;

	if (!h)
		return refill_elsewhere(number);
	bin = &h->bins[number];
	if (bin->head != BIN_END) {
		if (((uintptr_t)bin->head ^ bin->slot) >= SLOT_BYTES)
			__heap_fail("freed block overwritten", (void *)bin->slot);
		return bin_take(bin);
	}
	heap_busy(h, true);
	__heap_inbox_empty(h);
	filled = bin_fill(h, bin);
	heap_busy(h, false);
	return filled ? bin_take(bin) : refill_elsewhere(number);
}

struct slot *__heap_small_find(const void *p)
{
	const struct object *b = p;
	struct heap *owner;
	struct slot *s;

	if (unit_kind(p) != UNIT_SLOTS)
		return NULL;
	owner = segment_of(p)->heap;
	if (owner == __heap_mine)
		owner->own[segment_number(p) % OWN_ENTRIES] = segment_number(p);
	s = slot_of(p);
	if ((uintptr_t)p % SMALL_STEP)
		__heap_fail("misaligned pointer", p);
	if (!slot_has(s, p))
		__heap_fail(s->state == SLOT_FREE ? "invalid pointer" : "interior pointer", p);
	if (b->stamp == object_stamp(b, owner))
		__heap_fail("double free", p);
	return s;
}
