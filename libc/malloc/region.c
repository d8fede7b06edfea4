/* See region.h. */
#include "region.h"

#include "lists.h"

/* The empty regions, a ring: behind the head the oldest, before it the newest. */
static struct mapping empty = { .newer = &empty, .older = &empty };
static size_t empty_bytes;	/* written to them, as far as is known */

static void empty_add(struct mapping *m)
{
	m->newer = &empty;
	m->older = empty.older;
	m->older->newer = empty.older = m;
	empty_bytes += m->fresh - m->base;
}

static void empty_remove(struct mapping *m)
{
	m->newer->older = m->older;
	m->older->newer = m->newer;
	empty_bytes -= m->fresh - m->base;
}

/* Writes what b is into its tag and into the header above it. */
static inline void
block_shape(struct mapping *m, struct block *b, size_t size, enum block_state state)
{
	struct block *next = block_at(b, (ptrdiff_t)size);

	b->tag = seal(b, size | state);
	if ((uintptr_t)next != mapping_end(m))
		next->below = seal(next, size);
}

static inline void region_touch(struct mapping *m, void *end)
{
	if (m->fresh < (uintptr_t)end)
		m->fresh = (uintptr_t)end;
}

static void block_list(struct mapping *m, struct block *b, size_t size)
{
	block_shape(m, b, size, BLOCK_FREE);
	region_touch(m, b + 1);
	__heap_lists_insert(b, size);
}

/* Makes b, which has total bytes, LIVE with at least size; returns how many are left over for a
 * block above it. */
static size_t block_cut(struct mapping *m, struct block *b, size_t total, size_t size)
{
	if (total - size < BLOCK_LEAST)
		size = total;
	block_shape(m, b, size, BLOCK_LIVE);
	region_touch(m, block_at(b, (ptrdiff_t)size));
	return total - size;
}

void __heap_region_open(struct mapping *m, uintptr_t fresh)
{
	struct block *b = (struct block *)m->base;

	m->kind = MAPPING_REGION;
	m->live = 0;
	m->fresh = fresh;
	b->below = seal(b, 0);
	block_list(m, b, m->size);
	empty_add(m);
}

/* Maps a step, or, if the kernel does not give as much, the largest part of it that holds size
 * bytes. */
static bool region_grow(size_t size)
{
	static size_t step;
	struct mapping *m = NULL;

	if (!step)
		step = __heap_step();
	for (size_t bytes = step; !m && bytes >= lists_enough(size);) {
		m = __heap_mapping_create(MAPPING_REGION, bytes, HEAP_PAGE);
		bytes = (bytes / 2) & -(size_t)HEAP_PAGE;
	}
	if (m)
		__heap_region_open(m, m->base);
	return m;
}

struct block *__heap_region_take(size_t size, size_t alignment, bool grow, size_t *dirty)
{
	/* Room to move up to the alignment with a whole free block left below. */
	size_t need = alignment > BLOCK_ALIGN ? size + alignment + BLOCK_LEAST : size;
	size_t total, lead, rest;
	struct block *b = __heap_lists_take(need), *lower;
	struct mapping *m;
	uintptr_t payload;

	if (!b && grow && region_grow(need))
		b = __heap_lists_take(need);
	if (!b)
		return NULL;
	m = __heap_mapping_search((uintptr_t)b);
	if (!m || m->kind != MAPPING_REGION)
		__heap_fail("free list corrupted", b);
	if (!m->live++)
		empty_remove(m);
	total = block_verify(m, b, BLOCK_FREE);
	lower = b;
	lead = -(uintptr_t)block_payload(b) & (alignment - 1);
	if (lead) {
		if (lead < BLOCK_LEAST)
			lead += alignment;
		b = block_at(b, (ptrdiff_t)lead);
		total -= lead;
	}
	payload = (uintptr_t)block_payload(b);
	*dirty = m->fresh > payload ? m->fresh - payload : 0;
	if (lead)
		block_list(m, lower, lead);
	rest = block_cut(m, b, total, size);
	if (rest)
		block_list(m, block_at(b, (ptrdiff_t)size), rest);
	return b;
}

/* Takes b off its list if it is free, and returns its size; 0 if it is not, or is the end of m. */
static size_t block_absorb(struct mapping *m, struct block *b)
{
	size_t size;

	if ((uintptr_t)b == mapping_end(m) || tag_state(block_tag(b)) != BLOCK_FREE)
		return 0;
	size = block_verify(m, b, BLOCK_FREE);
	__heap_lists_remove(b, size);
	return size;
}

/* Frees block b of size bytes, merges it with its free neighbours and lists it; where it begins
 * then. */
static struct block *block_free(struct mapping *m, struct block *b, size_t size)
{
	size_t below = block_below(b);
	struct block *next = block_at(b, (ptrdiff_t)size), *lower = block_at(b, -(ptrdiff_t)below);

	/* The word stays behind when the block is swallowed by the one below, and tells a second
	 * free what it is. */
	b->tag = seal(b, size | BLOCK_FREE);
	size += block_absorb(m, next);
	if (below > (uintptr_t)b - m->base || (below && tag_size(block_tag(lower)) != below))
		__heap_fail("block header corrupted", b);
	if (below && tag_state(block_tag(lower)) == BLOCK_FREE) {
		__heap_lists_remove(lower, below);
		b = lower;
		size += below;
	}
	block_list(m, b, size);
	return b;
}

/* Drops the pages of free block b if it is the last of m, and more than most of it was written. */
static void top_drop(struct mapping *m, struct block *b, size_t most)
{
	uintptr_t from = ((uintptr_t)(b + 1) + HEAP_PAGE - 1) & -(uintptr_t)HEAP_PAGE;
	uintptr_t to = (m->fresh + HEAP_PAGE - 1) & -(uintptr_t)HEAP_PAGE;

	if ((uintptr_t)b + tag_size(block_tag(b)) == mapping_end(m) && to > from &&
	    to - from > most && __heap_pages_drop((void *)from, to - from))
		m->fresh = from;
}

void __heap_region_give(struct mapping *m, struct block *b, size_t size, size_t most)
{
	b = block_free(m, b, size);
	if (--m->live)
		top_drop(m, b, most);
	else
		empty_add(m);
}

bool __heap_region_resize(struct mapping *m, struct block *b, size_t size)
{
	size_t old = tag_size(block_tag(b)), total = old, rest;

	if (size > old)
		total += block_absorb(m, block_at(b, (ptrdiff_t)old));
	rest = block_cut(m, b, total, size <= total ? size : old);
	if (rest)
		block_free(m, block_at(b, (ptrdiff_t)(total - rest)), rest);
	return size <= total;
}

static bool region_close(struct mapping *m)
{
	struct block *b = (struct block *)m->base;

	if (block_verify(m, b, BLOCK_FREE) != m->size)
		__heap_fail("block header corrupted", b);
	empty_remove(m);
	__heap_lists_remove(b, m->size);
	if (__heap_mapping_destroy(m))
		return true;
	__heap_lists_insert(b, m->size);
	empty_add(m);
	return false;
}

void __heap_regions_keep(size_t most)
{
	while (empty.newer != &empty && (empty_bytes > most || !most) && region_close(empty.newer))
		;
}
