/* See segment.h.
 *
 * Giving back. A segment without slots in use is unmapped, unless its owner has no other with free
 * slots. The free slots of the others stay as they are, up to DIRTY_KEPT or half of the slots in
 * use; beyond, the pages of a segment's free slots are dropped. */
#include "segment.h"

#include "units.h"

#define DIRTY_KEPT	8	/* slots that may be free with pages in memory, in any case */
#define PURGE_LEAST	16	/* slots side by side that are worth a system call in a large heap */
#define ALL_FREE	(((uint64_t)1 << SEGMENT_SLOTS) - 1)

uint32_t __heap_bin_size(size_t bin)
{
	if (bin <= SMALL_TINY / SMALL_STEP)
		return bin ? (uint32_t)bin * SMALL_STEP : SMALL_STEP;
	return (uint32_t)(bin <= 24 ? bin - 8 : 2 * bin - 32) * 32;
}

static struct slot *segment_slots(struct segment *g)
{
	return (struct slot *)((uintptr_t)g & -(uintptr_t)HEAP_PAGE);
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

static struct segment *segment_open(struct heap *h)
{
	char *base = __heap_units_map(SEGMENT_BYTES, SEGMENT_BYTES);
	struct segment *g;

	if (!base)
		return NULL;
	g = segment_of(base);
	g->heap = h;
	g->free = ALL_FREE;
	for (size_t i = 0; i < SEGMENT_BYTES; i += UNIT_BYTES)
		unit_mark(base + i, UNIT_SLOTS);
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
	ring_remove(&g->ring);
	if (!__heap_units_unmap((void *)(number << SEGMENT_SHIFT), SEGMENT_BYTES)) {
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
struct slot *__heap_slot_open(struct heap *h, size_t bin)
{
	struct segment *g = segment_find(h);
	uint32_t size = __heap_bin_size(bin);
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
void __heap_slot_close(struct heap *h, struct slot *s)
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

bool __heap_segments_trim(struct heap *h)
{
	size_t mapped = __heap_mapped, dirty = h->dirty;
	struct ring *next, *last = h->dirty_segments.previous;

	/* One whose pages the kernel keeps comes to the end again. */
	for (bool ended = ring_empty(&h->dirty_segments); !ended;) {
		next = h->dirty_segments.next;
		ended = next == last;
		segment_purge(h, segment_listed(next), 1);
	}
	for (struct ring *r = h->clean_segments.next; r != &h->clean_segments; r = next) {
		next = r->next;
		if (segment_listed(r)->free == ALL_FREE)
			segment_close(h, segment_listed(r));
	}
	return dirty || __heap_mapped != mapped;
}
