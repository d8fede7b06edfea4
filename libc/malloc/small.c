/* See small.h. Slots and segments change under the heap's lock; taking blocks over from a slot
 * and carving new ones does not need it.
 *
 * Giving back. A segment without slots in use is unmapped, unless its owner has no other with
 * free slots. The free slots of the others stay as they are, up to DIRTY_KEPT or half of
 * the slots in use; beyond, the pages of a segment's free slots are dropped. When only current
 * slots are in use, those without blocks in use are given up too. */
#include "small.h"

#include <string.h>

#include "heap.h"
#include "malloc_fork.h"
#include "mapping.h"

#define CARVE_BYTES	4096	/* at a time, and */
#define CARVE_LEAST	8	/* blocks at least */
#define BIN_LEAST	64	/* blocks that a bin takes over if there are more to carve */
#define SLOTS_KEPT	8	/* slots that may be current without a block in use, */
#define DIRTY_KEPT	8	/* and slots that may be free with pages in memory, in any case */
#define PURGE_LEAST	16	/* slots side by side that are worth a system call */
#define DRAIN_MOST	4096	/* foreign frees put on their lists at a time: what a bin can take */
#define OUT_MOST	64	/* foreign frees kept back for one exchange */
#define KNOWN_ENTRIES	4096

#define ALL_FREE	(((uint64_t)1 << SEGMENT_SLOTS) - 1)

/* The heap of threads that did not allocate yet: it has nothing, and no pointer is its own (NULL
 * would match an entry 0 in place 0). */
static struct heap nobody = {
	.bins = { [0 ... SMALL_BINS - 1] = { .head = BIN_END, .slot = BIN_NO_SLOT } },
	.own = { [0] = 1 },
};
static struct heap first;

_Thread_local struct heap *__heap_mine = &nobody;
uintptr_t __heap_seal, __heap_unseal;
struct heap *__heap_all;

static struct heap *parked;		/* linked by next_parked; under the lock */

/* Numbers of segments of all heaps, each in place number % KNOWN_ENTRIES or not here. Read
 * without the lock. */
static uintptr_t known[KNOWN_ENTRIES];

static uint32_t bin_size(size_t bin)
{
	if (bin <= SMALL_TINY / SMALL_STEP)
		return bin ? (uint32_t)bin * SMALL_STEP : SMALL_STEP;
	return (uint32_t)(bin <= 24 ? bin - 8 : 2 * bin - 32) * 32;
}

static struct slot *segment_slots(struct segment *g)
{
	return (struct slot *)((uintptr_t)g & -(uintptr_t)HEAP_PAGE);
}

static unsigned slot_index(const struct slot *s)
{
	return (uintptr_t)s % HEAP_PAGE / sizeof *s;
}

static char *slot_base(const struct slot *s)
{
	return (char *)((segment_number(s) << SEGMENT_SHIFT) + (slot_index(s) << SLOT_SHIFT));
}

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

/* Puts a segment with free slots where it belongs. */
static void segment_list(struct heap *h, struct segment *g)
{
	ring_add(g->dirty ? &h->dirty_segments : &h->clean_segments, &g->ring);
}

static struct segment *segment_listed(struct ring *link)
{
	return (struct segment *)((char *)link - offsetof(struct segment, ring));
}

static void slot_list(struct heap *h, struct slot *s)
{
	s->state = SLOT_PARTIAL;
	s->previous = NULL;
	s->next = h->partial[s->bin];
	if (s->next)
		s->next->previous = s;
	h->partial[s->bin] = s;
}

static void slot_unlist(struct heap *h, struct slot *s)
{
	if (s->next)
		s->next->previous = s->previous;
	if (s->previous)
		s->previous->next = s->next;
	else
		h->partial[s->bin] = s->next;
}

static struct segment *segment_open(struct heap *h)
{
	struct mapping *m = __heap_mapping_create(MAPPING_SEGMENT, SEGMENT_BYTES, SEGMENT_BYTES);
	struct segment *g;

	if (!m)
		return NULL;
	g = segment_of((void *)m->base);
	g->heap = h;
	g->mapping = m;
	g->free = ALL_FREE;
	segment_list(h, g);
	h->own[segment_number(g) % OWN_ENTRIES] = segment_number(g);
	return g;
}

/* Unmaps a segment without slots in use; false if the kernel refuses. */
static bool segment_close(struct heap *h, struct segment *g)
{
	uintptr_t number = segment_number(g), place = number % OWN_ENTRIES;
	size_t dirty = (size_t)__builtin_popcountl(g->dirty);

	/* A segment that is not in the tables is looked for under the lock. The number that is put
	 * there belongs to another place. */
	if (h->own[place] == number)
		h->own[place] = place + 1;
	if (known[number % KNOWN_ENTRIES] == number)
		__atomic_store_n(&known[number % KNOWN_ENTRIES], 0, __ATOMIC_RELAXED);
	ring_remove(&g->ring);
	if (!__heap_mapping_destroy(g->mapping)) {
		segment_list(h, g);
		return false;
	}
	h->dirty -= dirty;
	return true;
}

/* Drops the pages of the dirty free slots, run by run, those shorter than least left out. */
static void segment_purge(struct heap *h, struct segment *g, unsigned least)
{
	char *base = (char *)(segment_number(g) << SEGMENT_SHIFT);

	for (unsigned from = 0, to; g->dirty >> from; from = to) {
		from += (unsigned)__builtin_ctzl(g->dirty >> from);
		to = from + (unsigned)__builtin_ctzl(~(g->dirty >> from));
		if (to - from < least ||
		    !__heap_pages_drop(base + (from << SLOT_SHIFT), (to - from) << SLOT_SHIFT))
			continue;
		h->dirty -= to - from;
		g->dirty &= ~(((uint64_t)1 << to) - ((uint64_t)1 << from));
	}
	ring_remove(&g->ring);
	segment_list(h, g);
}

/* A segment with a free slot: preferably one that was written to not long ago. */
static struct segment *segment_find(struct heap *h)
{
	if (!ring_empty(&h->dirty_segments))
		return segment_listed(h->dirty_segments.previous);
	if (!ring_empty(&h->clean_segments))
		return segment_listed(h->clean_segments.previous);
	return segment_open(h);
}

/* Makes a free slot one for a bin. */
static struct slot *slot_open(struct heap *h, size_t bin)
{
	struct segment *g = segment_find(h);
	uint32_t size = bin_size(bin);
	struct slot *s;
	unsigned index;

	if (!g)
		return NULL;
	index = (unsigned)__builtin_ctzl(g->dirty ? g->dirty : g->free);
	h->dirty -= g->dirty >> index & 1;
	g->dirty &= ~((uint64_t)1 << index);
	g->free &= ~((uint64_t)1 << index);
	ring_remove(&g->ring);
	if (g->free)
		segment_list(h, g);
	h->slots++;
	s = &segment_slots(g)[index];
	*s = (struct slot){
		.head = BIN_END, .capacity = (uint16_t)(SLOT_BYTES / size),
		.magic = (uint32_t)(((uint64_t)1 << 32) / size + 1),
		.tally = ((uint64_t)1 << TALLY_UNITS) + (bin ? size / SMALL_STEP : 0),
		.size = (uint16_t)size, .bin = (uint8_t)bin,
	};
	return s;
}

/* Gives up a slot without blocks in use. */
static void slot_close(struct heap *h, struct slot *s)
{
	struct segment *g = segment_of(s);
	uint64_t bit = (uint64_t)1 << slot_index(s);
	bool other;

	s->state = SLOT_FREE;
	s->limit = 0;
	if (g->free)
		ring_remove(&g->ring);
	other = !ring_empty(&h->dirty_segments) || !ring_empty(&h->clean_segments);
	g->free |= bit;
	g->dirty |= bit;
	segment_list(h, g);
	h->slots--;
	h->dirty++;
	if (g->free == ALL_FREE && other && segment_close(h, g))
		return;
	if (h->dirty > DIRTY_KEPT && h->dirty > h->slots / 2)
		segment_purge(h, segment_listed(h->dirty_segments.next),
			      h->slots < SEGMENT_SLOTS / 2 ? 1 : PURGE_LEAST);
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
	slot_close(h, s);
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
static void slot_event(struct heap *h, struct slot *s)
{
	size_t count;

	if (s->state == SLOT_FULL) {
		slot_watch(s, s->ahead);
		slot_list(h, s);
	} else if (s->state == SLOT_PARTIAL) {
		slot_unlist(h, s);
		slot_close(h, s);
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
	slot_event(h, s);
	__heap_settle(h);
	heap_unlock();
}

/* A slot with free blocks, or room for some, becomes current. */
static struct slot *slot_find(struct heap *h, const struct bin *bin)
{
	size_t number = (size_t)(bin - h->bins);
	struct slot *s;

	heap_lock();
	s = h->partial[number];
	if (s)
		slot_unlist(h, s);
	else
		s = slot_open(h, number);
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

/* Whether p is a free block of this heap, put into its inbox. Under the lock. */
static bool inbox_valid(struct heap *h, const struct object *b)
{
	uintptr_t number = segment_number(b);

	if (h->own[number % OWN_ENTRIES] != number) {
		struct mapping *m = __heap_mapping_search((uintptr_t)b);

		if (!m || m->kind != MAPPING_SEGMENT || segment_of(b)->heap != h)
			return false;
	}
	return slot_has(slot_of(b), b) && b->stamp == object_stamp(b, h);
}

/* The blocks that others freed come to their slots' lists, most of them at a time. Under the
 * lock. */
static void inbox_drain(struct heap *h, size_t most)
{
	if (!h->pending)
		h->pending = __atomic_exchange_n(&h->inbox, NULL, __ATOMIC_ACQUIRE);
	while (h->pending && most--) {
		struct object *b = h->pending, *next = object_next(b);

		if (next != BIN_END && !inbox_valid(h, next))
			__heap_fail("freed block overwritten", b);
		h->pending = next == BIN_END ? NULL : next;
		if (slot_put(h, slot_of(b), b))
			slot_event(h, slot_of(b));
	}
}

/* Hands the blocks of another heap that were freed here to their owner. */
static void out_flush(struct heap *h)
{
	struct heap *to = h->out_owner;
	struct object *there;

	if (!h->out_count)
		return;
	there = __atomic_load_n(&to->inbox, __ATOMIC_RELAXED);
	do {
		h->out_last->link = object_link(there ? there : BIN_END);
	} while (!__atomic_compare_exchange_n(&to->inbox, &there, h->out_first, true,
					      __ATOMIC_RELEASE, __ATOMIC_RELAXED));
	h->out_count = 0;
}

static void out_put(struct heap *h, struct heap *owner, struct object *b)
{
	if (h->out_owner != owner || h->out_count == OUT_MOST) {
		out_flush(h);
		h->out_owner = owner;
	}
	b->stamp = object_stamp(b, owner);
	if (h->out_count++)
		b->link = object_link(h->out_first);
	else
		h->out_last = b;
	h->out_first = b;
}

/* The compiler keeps what is between the two between them. */
static void busy_set(struct heap *h, bool busy)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	h->busy = busy;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static void heap_init(struct heap *h)
{
	memcpy(h->bins, nobody.bins, sizeof h->bins);
	h->own[0] = nobody.own[0];
	ring_init(&h->dirty_segments);
	ring_init(&h->clean_segments);
	h->next = __heap_all;
	__heap_all = h;
}

static void seal_init(void)
{
	uintptr_t seal = __heap_secret() | 1, inverse = seal;

	/* Each round doubles the low bits that are right, from 3 on (Newton). */
	for (int i = 0; i < 5; i++)
		inverse *= 2 - seal * inverse;
	__heap_unseal = inverse;
	__heap_seal = seal;
}

/* This thread's heap: that of a thread that has ended, or a new one. NULL without memory. */
static struct heap *heap_mine(void)
{
	struct heap *h = __heap_mine;

	if (h != &nobody)
		return h;
	heap_lock();
	h = parked;
	if (h) {
		parked = h->next_parked;
		h->parked = false;
	} else {
		h = __heap_all ? __heap_pages_map(HEAP_PAGE, HEAP_PAGE) : &first;
		if (h)
			heap_init(h);
	}
	if (!__heap_seal)
		seal_init();
	heap_unlock();
	if (!h)
		return NULL;
	__heap_mine = h;
	__heap_thread_begins();
	return h;
}

/* Where there are no pages for a slot, there may be room in a region. A block has the alignment
 * that one in a slot would have. */
static void *refill_elsewhere(size_t bin)
{
	size_t size = bin_size(bin), dirty;

	return __heap_allocate(size, size & -size, false, &dirty);
}

/* The bin may be one of nobody's. */
void *__heap_refill(struct bin *bin)
{
	size_t number = (size_t)(bin - __heap_mine->bins);
	struct heap *h = heap_mine();
	bool filled;

	if (!h)
		return refill_elsewhere(number);
	bin = &h->bins[number];
	if (bin->head != BIN_END) {
		if (((uintptr_t)bin->head ^ bin->slot) >= SLOT_BYTES)
			__heap_fail("freed block overwritten", (void *)bin->slot);
		return bin_take(bin);
	}
	busy_set(h, true);
	if (h->pending || __atomic_load_n(&h->inbox, __ATOMIC_RELAXED)) {
		heap_lock();
		inbox_drain(h, DRAIN_MOST);
		heap_unlock();
	}
	filled = bin_fill(h, bin);
	busy_set(h, false);
	return filled ? bin_take(bin) : refill_elsewhere(number);
}

struct slot *__heap_small_find(const void *p)
{
	uintptr_t number = segment_number(p), *entry = &known[number % KNOWN_ENTRIES];
	const struct object *b = p;
	struct slot *s;

	if (!number || __atomic_load_n(entry, __ATOMIC_RELAXED) != number) {
		struct mapping *m;

		heap_lock();
		m = __heap_mapping_search((uintptr_t)p);
		if (!m || m->kind != MAPPING_SEGMENT)
			return NULL;
		__atomic_store_n(entry, number, __ATOMIC_RELAXED);
		if (segment_of(p)->heap == __heap_mine)
			__heap_mine->own[number % OWN_ENTRIES] = number;
		heap_unlock();
	}
	s = slot_of(p);
	if ((uintptr_t)p % SMALL_STEP)
		__heap_fail("misaligned pointer", p);
	if (!slot_has(s, p))
		__heap_fail(s->state == SLOT_FREE ? "invalid pointer" : "interior pointer", p);
	if (b->stamp == object_stamp(b, segment_of(p)->heap))
		__heap_fail("double free", p);
	return s;
}

/* For a heap whose thread has ended. */
static bool parked_free(struct heap *owner, struct slot *s, struct object *b)
{
	bool done;

	if (!__atomic_load_n(&owner->parked, __ATOMIC_RELAXED))
		return false;
	heap_lock();
	done = owner->parked;
	if (done) {
		if (slot_put(owner, s, b))
			slot_event(owner, s);
		inbox_drain(owner, DRAIN_MOST);
	}
	heap_unlock();
	return done;
}

void __heap_small_free(struct slot *s, struct object *b)
{
	struct heap *h = heap_mine(), *owner = segment_of(b)->heap;

	if (!h) {
		/* No memory for a heap: counted with those of the other blocks. */
		struct heap none = { .bins[0].head = NULL };

		heap_lock();
		usage_freed(slot_usable(s));
		heap_unlock();
		if (!parked_free(owner, s, b)) {
			out_put(&none, owner, b);
			out_flush(&none);
		}
		return;
	}
	h->tally += s->tally;
	if (owner == h) {
		if (slot_put(h, s, b))
			__heap_slot_event(h, s);
	} else if (!parked_free(owner, s, b)) {
		busy_set(h, true);
		out_put(h, owner, b);
		busy_set(h, false);
	}
}

/* Under the lock. */
static void heap_park(struct heap *h)
{
	h->parked = true;
	h->next_parked = parked;
	parked = h;
}

void __malloc_thread_exit(void)
{
	struct heap *h = __heap_mine;

	if (h == &nobody)
		return;
	__heap_mine = &nobody;
	out_flush(h);
	heap_lock();
	inbox_drain(h, SIZE_MAX);
	__heap_settle(h);
	__heap_sweep(h);
	heap_park(h);
	heap_unlock();
}

/* The heaps of threads that the child does not have. One that was in the middle of a change stays
 * as it is: its blocks can be used and freed, but it serves nobody. */
void __heap_in_child(void)
{
	parked = NULL;
	for (struct heap *h = __heap_all; h; h = h->next)
		if (h != __heap_mine && !h->busy)
			heap_park(h);
}

static void segments_close(struct heap *h)
{
	struct ring *next;

	for (struct ring *r = h->clean_segments.next; r != &h->clean_segments; r = next) {
		next = r->next;
		if (segment_listed(r)->free == ALL_FREE)
			segment_close(h, segment_listed(r));
	}
}

/* Gives back what the calling thread's heap and those of ended threads keep; whether that was
 * something. Under the lock. */
bool __heap_small_trim(void)
{
	size_t before = __heap_mapped;
	bool some = false;

	for (struct heap *h = __heap_all; h; h = h->next) {
		if (h != __heap_mine && !h->parked)
			continue;
		__heap_sweep(h);
		some |= h->dirty != 0;
		for (struct ring *r = &h->dirty_segments; r->next != r;)
			segment_purge(h, segment_listed(r->next), 1);
		segments_close(h);
	}
	return some || __heap_mapped != before;
}
