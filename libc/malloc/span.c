/* See span.h.
 *
 * Free spans are listed by size: one list for each size below 32 granules, 16 for each doubling
 * above (the two-level segregated fit of Masmano and others, 2004). A search asks for the first
 * list all of whose spans are large enough: one look at a map of bits, whatever the heap holds.
 *
 * Giving back. A fresh page costs a thousand times what reusing one does, but programs rarely come
 * back to one they left for long: so dirty free spans are on a list by age too. The pages of one
 * are dropped when AGE_USES times the bytes of the spans in use, and some ("kept"), were freed since,
 * or when what is dirty and free ("spare") is more than KEPT_USES times the bytes of the spans in use and
 * more than is kept. A span that alone is more than GONE_USES times all in use, and what is kept, goes at
 * once, addresses and all. Kept are KEPT_BYTES, or more once a span that went at once was missed, as by
 * a program that needs one large buffer again and again. */
#include "span.h"

#define AGE_USES	8
#define KEPT_USES	6
#define GONE_USES	2
#define KEPT_BYTES	((size_t)960 << 10)
#define KEPT_MOST	((size_t)32 << 20)
#define SMALL_PART	32	/* of what is spare: a span that is less waits once more */
#define DROPS_MOST	8	/* spans that one call drops */

#define LISTS_SHIFT	4			/* log2 of the lists in a doubling */
#define LISTS		(29 << LISTS_SHIFT)	/* up to 2^31 granules */
#define MAP_BITS	64

uintptr_t __heap_leaves[LEAVES];
struct span __heap_no_leaf[LEAF_SPANS];
struct heap_seal __heap_seal;
size_t __heap_mapped, __heap_used;
struct allocation_stats __heap_stats;

static struct ring lists[LISTS];
static struct ring ages = { &ages, &ages };	/* the last freed last */
static uint64_t map[LISTS / MAP_BITS + 1];	/* which lists have spans */
static size_t step;				/* bytes to map at a time, at least */
static size_t spare;				/* sum of dirty over FREE spans */
static uint32_t freed;				/* granules so far */
static size_t kept = KEPT_BYTES;
static size_t gone;				/* dirty bytes of the last span that went at once */
static uintptr_t lowest = UINTPTR_MAX, above;	/* bound what was ever mapped */

static size_t round_up(size_t n, size_t to)
{
	return (n + to - 1) & -to;
}

static unsigned log2_floor(uint64_t n)
{
	return 63 - (unsigned)__builtin_clzl(n);
}

/* log2 of the step in which sizes of so many granules are listed. */
static unsigned list_shift(size_t granules)
{
	unsigned bits = log2_floor(granules);

	return bits < LISTS_SHIFT ? 0 : bits - LISTS_SHIFT;
}

static unsigned list_of(size_t granules)
{
	unsigned shift = list_shift(granules);

	return (shift << LISTS_SHIFT) + (unsigned)(granules >> shift);
}

/* Up to a size with which a list begins. */
size_t __heap_span_round(size_t bytes)
{
	size_t granules = round_up(bytes, GRANULE) >> GRANULE_SHIFT;

	return round_up(granules, (size_t)1 << list_shift(granules)) << GRANULE_SHIFT;
}

/* Makes a free span, whose neighbours are not. */
static struct span *free_add(char *base, size_t bytes, size_t dirty)
{
	struct span *s = span_of(base), *last = span_of(base + bytes - 1);
	unsigned i = list_of(bytes >> GRANULE_SHIFT);

	last->kind = s->kind = SPAN_FREE;
	last->base = s->base = base;
	s->bytes = bytes;
	s->dirty = dirty;
	s->freed_at = freed;
	ring_add(&lists[i], &s->ring);
	map[i / MAP_BITS] |= (uint64_t)1 << i % MAP_BITS;
	if (dirty)
		ring_add(&ages, &s->age);
	spare += dirty;
	return s;
}

static void free_remove(struct span *s)
{
	unsigned i = list_of(s->bytes >> GRANULE_SHIFT);

	span_of(s->base + s->bytes - 1)->kind = SPAN_NONE;
	s->kind = SPAN_FREED;
	ring_remove(&s->ring);
	if (ring_empty(&lists[i]))
		map[i / MAP_BITS] &= ~((uint64_t)1 << i % MAP_BITS);
	if (s->dirty)
		ring_remove(&s->age);
	spare -= s->dirty;
}

/* A free span in the first list that has only such of so many bytes, the last freed of it; NULL if
 * there is none. */
static struct span *free_find(size_t bytes)
{
	unsigned i = list_of(__heap_span_round(bytes) >> GRANULE_SHIFT), word = i / MAP_BITS;
	uint64_t found = map[word] & ~(uint64_t)0 << i % MAP_BITS;

	while (!found) {
		if (++word == sizeof map / sizeof *map)
			return NULL;
		found = map[word];
	}
	i = word * MAP_BITS + (unsigned)__builtin_ctzl(found);
	return ring_entry(lists[i].previous, struct span, ring);
}

/* Makes a free span, together with its free neighbours. */
static struct span *free_merge(char *base, size_t bytes, size_t dirty)
{
	struct span *next = span_of(base + bytes), *below = span_of(base - 1);

	if (next->kind == SPAN_FREE) {
		dirty = next->dirty ? bytes + next->dirty : dirty;
		bytes += next->bytes;
		free_remove(next);
	}
	if (below->kind == SPAN_FREE) {
		below = span_of(below->base);
		base = below->base;
		dirty = dirty ? below->bytes + dirty : below->dirty;
		bytes += below->bytes;
		free_remove(below);
	}
	return free_add(base, bytes, dirty);
}

static bool leaves_map(uintptr_t base, size_t bytes)
{
	size_t last = (base + bytes - 1) >> LEAF_SHIFT;

	for (size_t i = base >> LEAF_SHIFT; i <= last; i++) {
		void *leaf;

		if (__heap_leaves[i])
			continue;
		leaf = __heap_pages_map(sizeof __heap_no_leaf, HEAP_PAGE);
		if (!leaf)
			return false;
		__atomic_store_n(&__heap_leaves[i], (uintptr_t)leaf - (uintptr_t)__heap_no_leaf,
				 __ATOMIC_RELAXED);
	}
	return true;
}

/* Gets a step, or, if the kernel does not give as much, less, down to what is needed. */
static struct span *span_map(size_t bytes, size_t alignment)
{
	size_t most = bytes > step ? bytes : step;
	char *base = __heap_pages_map(most, alignment);

	while (!base || !leaves_map((uintptr_t)base, most)) {
		if (base)
			__heap_pages_unmap(base, most);
		if (most == bytes)
			return NULL;
		most = most / 2 > bytes ? round_up(most / 2, GRANULE) : bytes;
		base = __heap_pages_map(most, alignment);
	}
	__heap_mapped += most;
	lowest = lowest < (uintptr_t)base ? lowest : (uintptr_t)base;
	above = above > (uintptr_t)base + most ? above : (uintptr_t)base + most;
	return free_merge(base, most, 0);
}

static void init(void)
{
	uintptr_t seal = __heap_secret() | 1, inverse = seal;

	/* Each round doubles the low bits that are right, from 3 on (Newton). */
	for (int i = 0; i < 5; i++)
		inverse *= 2 - seal * inverse;
	__heap_seal = (struct heap_seal){ seal, inverse };
	for (unsigned i = 0; i < LISTS; i++)
		ring_init(&lists[i]);
	step = round_up(__heap_step(), GRANULE);
}

/* How much of a span is dirty beyond so many bytes. */
static size_t dirty_beyond(const struct span *s, size_t bytes)
{
	return s->dirty > bytes ? s->dirty - bytes : 0;
}

/* The bytes of s below the first multiple of alignment in it. */
static size_t lead_of(const struct span *s, size_t alignment)
{
	return -(uintptr_t)s->base & (alignment - 1);
}

struct span *__heap_span_take(size_t bytes, size_t alignment, size_t *dirty)
{
	struct span *s, *taken;
	size_t lead, rest;

	if (!step)
		init();
	s = free_find(bytes);
	if (s && lead_of(s, alignment) + bytes > s->bytes)
		s = free_find(bytes + alignment - GRANULE);
	if (!s)
		s = span_map(bytes, alignment);
	if (!s)
		return NULL;
	free_remove(s);
	lead = lead_of(s, alignment);
	rest = s->bytes - lead - bytes;
	*dirty = dirty_beyond(s, lead);
	taken = span_of(s->base + lead);
	taken->base = s->base + lead;
	taken->bytes = bytes;
	if (rest)
		free_add(taken->base + bytes, rest, dirty_beyond(s, lead + bytes));
	if (lead)
		free_add(s->base, lead, s->dirty - *dirty);
	__heap_used += bytes;
	if (bytes <= gone && bytes > gone / 2 && gone <= KEPT_MOST && kept < gone)
		kept = gone;
	return taken;
}

bool __heap_span_extend(struct span *s, size_t bytes)
{
	struct span *next = span_of(s->base + s->bytes);
	size_t more = bytes - s->bytes;

	if (bytes <= s->bytes)
		return true;
	if (next->kind != SPAN_FREE || next->bytes < more)
		return false;
	free_remove(next);
	if (next->bytes > more)
		free_add(next->base + more, next->bytes - more, dirty_beyond(next, more));
	s->bytes = bytes;
	__heap_used += more;
	return true;
}

/* Gives back the pages of a free span, or all of it; whether the kernel took them. */
static bool span_release(struct span *s, bool all)
{
	free_remove(s);
	if (all && __heap_pages_unmap(s->base, s->bytes)) {
		__heap_mapped -= s->bytes;
		return true;
	}
	if (s->dirty && __heap_pages_drop(s->base, s->dirty)) {
		free_add(s->base, s->bytes, 0);
		return true;
	}
	free_add(s->base, s->bytes, s->dirty);
	return false;
}

void __heap_span_free(char *base, size_t bytes, size_t dirty)
{
	freed += (uint32_t)(bytes >> GRANULE_SHIFT);
	__heap_used -= bytes;
	free_merge(base, bytes, dirty);
}

/* If the dirty ones are only too many, a small one is not worth the call, and waits once more; as does
 * what the kernel does not take. */
bool __heap_spans_age(void)
{
	size_t most = KEPT_USES * __heap_used > kept ? KEPT_USES * __heap_used : kept;
	bool some = false, aged;
	struct span *s;

	if (!ring_empty(&ages)) {
		s = ring_entry(ages.previous, struct span, age);
		if (s->dirty > GONE_USES * __heap_used + kept) {
			gone = s->dirty;
			some = span_release(s, true);
		}
	}
	for (int n = 0; n < DROPS_MOST && !ring_empty(&ages); n++) {
		s = ring_entry(ages.next, struct span, age);
		aged = (size_t)(freed - s->freed_at) << GRANULE_SHIFT > AGE_USES * __heap_used + kept;
		if (!aged && spare <= most)
			break;
		if ((!aged && s->dirty < spare / SMALL_PART) || !span_release(s, false)) {
			ring_remove(&s->age);
			ring_add(&ages, &s->age);
			break;
		}
		some = true;
	}
	return some;
}

bool __heap_spans_trim(void)
{
	bool some = false;

	for (unsigned i = 0; step && i < LISTS; i++) {
		struct ring *next, *end = &lists[i];

		/* What the kernel does not take comes last again: once round is enough. */
		for (struct ring *r = end->next, *last = end->previous; r != end; r = next) {
			next = r == last ? end : r->next;
			some |= span_release(ring_entry(r, struct span, ring), true);
		}
	}
	return some;
}

struct span *__heap_span_from(const char *address)
{
	uintptr_t at = (uintptr_t)address > lowest ? (uintptr_t)address : lowest;

	while (at < above) {
		struct span *s = span_of((void *)at);

		if (s->kind > SPAN_FREED)
			return s;
		at = round_up(at + 1, __heap_leaves[at >> LEAF_SHIFT] ? GRANULE : GRANULE * LEAF_SPANS);
	}
	return NULL;
}
