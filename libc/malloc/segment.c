/* Segments and their slots: see small.h. The heap's lock is held throughout, unless it is said
 * otherwise.
 *
 * Giving back. A segment without slots in use is unmapped, unless its owner has no other with free
 * slots. The free slots of the others stay as they are, up to DIRTY_KEPT or half of the slots in
 * use; beyond, the pages of a segment's free slots are dropped. */
#include "small.h"
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

/* Puts a segment with free slots where it belongs. */
static void segment_list(struct heap *h, struct segment *g)
{
	ring_add(g->dirty ? &h->dirty_segments : &h->clean_segments, &g->ring);
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

	/* The number that is put there belongs to another place. */
	if (h->own[place] == number)
		h->own[place] = place + 1;
	ring_remove(&g->ring);
	h->dirty -= (size_t)__builtin_popcountl(g->dirty);
	if (__heap_units_unmap((void *)(number << SEGMENT_SHIFT), SEGMENT_BYTES))
		return true;
	h->dirty += (size_t)__builtin_popcountl(g->dirty);
	segment_list(h, g);
	return false;
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

/* Preferably a slot that was written to not long ago. */
struct slot *__heap_slot_open(struct heap *h, size_t bin)
{
	uint32_t size = __heap_bin_size(bin);
	struct ring *from = &h->dirty_segments;
	struct segment *g;
	struct slot *s;

	if (ring_empty(from))
		from = &h->clean_segments;
	if (ring_empty(from) && !segment_open(h))
		return NULL;
	g = ring_entry(from->previous, struct segment, ring);
	s = slot_of((void *)(segment_number(g) << SEGMENT_SHIFT));
	s += __builtin_ctzl(g->dirty ? g->dirty : g->free);
	h->dirty -= (g->dirty & slot_bit(s)) != 0;
	g->dirty &= ~slot_bit(s);
	g->free &= ~slot_bit(s);
	ring_remove(&g->ring);
	if (g->free)
		segment_list(h, g);
	h->slots++;
	*s = (struct slot){
		.head = BIN_END, .capacity = (uint16_t)(SLOT_BYTES / size),
		.magic = (uint32_t)(((uint64_t)1 << 32) / size + 1),
		.tally = ((uint64_t)1 << TALLY_UNITS) + (bin ? size / SMALL_STEP : 0),
		.size = (uint16_t)size, .bin = (uint8_t)bin,
	};
	return s;
}

void __heap_slot_close(struct heap *h, struct slot *s)
{
	struct segment *g = segment_of(s);
	bool other;

	s->state = SLOT_FREE;
	s->limit = 0;
	if (g->free)
		ring_remove(&g->ring);
	other = !ring_empty(&h->dirty_segments) || !ring_empty(&h->clean_segments);
	g->free |= slot_bit(s);
	g->dirty |= slot_bit(s);
	segment_list(h, g);
	h->slots--;
	h->dirty++;
	if (g->free == ALL_FREE && other && segment_close(h, g))
		return;
	if (h->dirty > DIRTY_KEPT && h->dirty > h->slots / 2)
		segment_purge(h, ring_entry(h->dirty_segments.next, struct segment, ring),
			      h->slots < SEGMENT_SLOTS / 2 ? 1 : PURGE_LEAST);
}

bool __heap_segments_trim(struct heap *h)
{
	size_t mapped = __heap_mapped, dirty = h->dirty;
	struct ring *next, *last = h->dirty_segments.previous;

	/* One whose pages the kernel keeps comes to the end again. */
	for (bool ended = ring_empty(&h->dirty_segments); !ended;) {
		next = h->dirty_segments.next;
		ended = next == last;
		segment_purge(h, ring_entry(next, struct segment, ring), 1);
	}
	for (struct ring *r = h->clean_segments.next; r != &h->clean_segments; r = next) {
		struct segment *g = ring_entry(r, struct segment, ring);

		next = r->next;
		if (g->free == ALL_FREE)
			segment_close(h, g);
	}
	return dirty || __heap_mapped != mapped;
}
