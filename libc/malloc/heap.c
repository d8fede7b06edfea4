/* See heap.h, and block.h for the layout.
 *
 * Giving back. Free blocks that are large are on a list by age. One that nobody needed for AGE_MOST
 * frees of large blocks has its pages dropped: a fresh page costs a thousand times what reusing one
 * does, but programs rarely come back to one they left for long. However young, what was written to
 * those blocks ("spare") comes to no more than KEPT_BYTES or KEPT_USES times the usage, and a block
 * that alone is more than all that is in use goes at once. Addresses cost less: they are given back
 * when MAPPED_USES times as many are held as are used.
 *
 * Large blocks lie at multiples of LARGE_STEP, so that they begin at pages where others began: a
 * program that uses little of each has few pages. */
#include "heap.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "block.h"
#include "small.h"
#include "units.h"

#define KEPT_BYTES	((size_t)1 << 20)
#define KEPT_USES	6
#define MAPPED_USES	16
#define AGE_MOST	32
#define LARGE_STEP	((size_t)64 << 10)
#define ADDRESS_BITS	47

uint64_t __heap_key;
struct allocation_stats __heap_stats;
size_t __heap_usage, __heap_peak;

static struct chain ages;	/* of free blocks that are large, the last freed first */
static size_t spare;		/* sum of zero(b) - b over them */
static uint64_t frees;		/* of large blocks so far */
static size_t step, regions;	/* bytes: a region at least, all of them */

static size_t round_up(size_t n, size_t to)
{
	return (n + to - 1) & -to;
}

/* The size of the block that holds a request. Large ones are rounded so that the hole that one left
 * fits the next. */
static size_t block_size_for(size_t request)
{
	size_t size = request + BLOCK_HEADER;

	if (size < BLOCK_LEAST)
		return BLOCK_LEAST;
	if (size < BLOCK_LARGE)
		return round_up(size, BLOCK_ALIGN);
	return round_up(__heap_lists_round(size), LARGE_STEP);
}

/* Writes what b is into its tag and into the header above it. */
static void block_shape(struct block *b, size_t size, enum block_state state)
{
	struct block *next = block_at(b, size);

	b->tag = seal(b, size | state);
	next->below = seal(next, size);
	unit_mark(b, UNIT_BLOCKS);
	unit_mark(block_payload(b), UNIT_BLOCKS);
}

/* Whether the header above block b, of size bytes, agrees. */
static bool block_agrees(const struct block *b, size_t size)
{
	const struct block *next = block_at(b, size);

	return next->below == seal(next, size);
}

/* The size of block b, which is FREE; anything else is corruption, and said. */
static size_t block_verify(const struct block *b)
{
	uint64_t tag = block_value(b, &b->tag);

	if (tag_state(tag) != BLOCK_FREE || !block_agrees(b, tag_size(tag)))
		__heap_fail("block header corrupted", b);
	return tag_size(tag);
}

/* Makes b a free block that is zero from an address on; it has no free neighbour. */
static void block_list(struct block *b, size_t size, uintptr_t zero)
{
	uintptr_t least = (uintptr_t)b + BLOCK_LEAST;

	if (zero < least)
		zero = least;
	block_shape(b, size, BLOCK_FREE);
	b->zero = seal(b, zero);
	__heap_lists_add(b, size);
	if (size >= BLOCK_LARGE) {
		b->freed_at = frees;
		__heap_chain_add(&ages, b, offsetof(struct block, age));
		spare += zero - (uintptr_t)b;
	}
}

/* Takes free block b off its lists; from where on it is zero. */
static uintptr_t block_unlist(struct block *b, size_t size)
{
	uintptr_t zero = block_value(b, &b->zero);

	__heap_lists_remove(b, size);
	if (size >= BLOCK_LARGE) {
		__heap_chain_remove(&ages, b, offsetof(struct block, age));
		spare -= zero - (uintptr_t)b;
	}
	return zero;
}

/* Frees block b, zero from an address on: merges it with its free neighbours and lists it. Where it
 * begins then. */
static struct block *block_free(struct block *b, size_t size, uintptr_t zero)
{
	struct block *next = block_at(b, size), *lower;
	size_t below = block_value(b, &b->below), more;

	/* The word stays behind when the block is swallowed by the one below, and tells a second
	 * free what it is. */
	b->tag = seal(b, size | BLOCK_FREE);
	if (block_state(next) == BLOCK_FREE) {
		more = block_verify(next);
		zero = block_unlist(next, more);
		size += more;
	}
	lower = (struct block *)((uintptr_t)b - below);
	if (below && block_size(lower) != below)
		__heap_fail("block header corrupted", b);
	if (below && block_state(lower) == BLOCK_FREE) {
		block_unlist(lower, below);
		b = lower;
		size += below;
	}
	block_list(b, size, zero);
	return b;
}

/* Makes b, which has total bytes, LIVE with at least size, and frees the rest. */
static void block_cut(struct block *b, size_t total, size_t size, uintptr_t zero)
{
	struct block *rest = block_at(b, size);

	if (total - size < BLOCK_LEAST) {
		block_shape(b, total, BLOCK_LIVE);
		return;
	}
	block_shape(b, size, BLOCK_LIVE);
	block_free(rest, total - size, zero);
}

static struct block *end_make(void *region_end)
{
	struct block *end = block_of(region_end);

	end->tag = seal(end, BLOCK_END);
	unit_mark(end, UNIT_BLOCKS);
	return end;
}

/* Makes a free block of fresh units, with the regions beside it if there are some. */
static struct block *region_open(char *base, size_t bytes)
{
	struct block *b = (struct block *)base, *end = block_at(base, bytes);

	if (unit_kind(base - 1) == UNIT_BLOCKS) {
		b = block_of(base);
		if (block_state(b) != BLOCK_END)
			__heap_fail("block header corrupted", b);
	} else {
		b->below = seal(b, 0);
	}
	if (unit_kind(end) != UNIT_BLOCKS)
		end = end_make(end);
	return block_free(b, (size_t)((char *)end - (char *)b), (uintptr_t)base + BLOCK_LEAST);
}

/* Maps a step, or, if the kernel does not give as much, the largest part of it that holds size
 * bytes. */
static struct block *region_map(size_t size)
{
	size_t least = round_up(size + BLOCK_HEADER, UNIT_BYTES), bytes;
	char *base;

	if (!step)
		step = __heap_step();
	bytes = step > least ? step : least;
	while (!(base = __heap_units_map(bytes, UNIT_BYTES)) && bytes > least)
		bytes = bytes / 2 > least ? bytes / 2 & -UNIT_BYTES : least;
	if (!base)
		return NULL;
	regions += bytes;
	return region_open(base, bytes);
}

/* How far above b the block begins whose payload is phase bytes beyond a multiple of alignment. */
static size_t lead_to(struct block *b, size_t alignment, size_t phase)
{
	size_t lead = (phase - (uintptr_t)block_payload(b)) & (alignment - 1);

	while (lead && lead < BLOCK_LEAST)
		lead += alignment;
	return lead;
}

/* A LIVE block of size bytes; of its payload the first *dirty bytes may be other than zero. */
static struct block *block_take(size_t size, size_t alignment, size_t *dirty)
{
	size_t phase = 0, most = size, total, lead;
	struct block *b = __heap_lists_find(size);
	uintptr_t zero;

	if (size >= BLOCK_LARGE && alignment == BLOCK_ALIGN) {
		alignment = LARGE_STEP;
		phase = BLOCK_HEADER;
	}
	if (alignment > BLOCK_ALIGN)
		most += alignment + BLOCK_LEAST;
	if (b && lead_to(b, alignment, phase) + size > block_size(b))
		b = __heap_lists_find(most);
	if (!b)
		b = region_map(most);
	if (!b)
		return NULL;
	total = block_verify(b);
	zero = block_unlist(b, total);
	lead = lead_to(b, alignment, phase);
	if (lead) {
		block_list(b, lead, zero < (uintptr_t)b + lead ? zero : (uintptr_t)b + lead);
		b = block_at(b, lead);
	}
	*dirty = zero > (uintptr_t)block_payload(b) ? zero - (uintptr_t)block_payload(b) : 0;
	block_cut(b, total - lead, size, zero);
	return b;
}

/* Drops the pages of a block that is on no list; whether there were some. */
static bool pages_drop(struct block *b, size_t size, uintptr_t *zero)
{
	uintptr_t from = round_up((uintptr_t)(b + 1), HEAP_PAGE);
	uintptr_t to = ((uintptr_t)b + size) & -(uintptr_t)HEAP_PAGE;

	if (to > round_up(*zero, HEAP_PAGE))
		to = round_up(*zero, HEAP_PAGE);
	if (to <= from || !__heap_pages_drop((void *)from, to - from))
		return false;
	if (*zero > to)
		memset((void *)to, 0, *zero - to);
	*zero = from;
	return true;
}

/* Unmaps the whole units inside a block that is on no list, and lists what is left of it; whether
 * there were some. */
static bool units_give(struct block *b, size_t size, uintptr_t zero)
{
	struct block *next = block_at(b, size);
	bool first = !block_value(b, &b->below), last = block_state(next) == BLOCK_END;
	char *from = (char *)b, *to = (char *)next + (last ? BLOCK_HEADER : 0);

	if (!first)
		from = (char *)round_up((uintptr_t)b + BLOCK_LEAST + BLOCK_HEADER, UNIT_BYTES);
	if (!last && (uintptr_t)to % UNIT_BYTES && (uintptr_t)to % UNIT_BYTES < BLOCK_LEAST)
		to -= BLOCK_LEAST;
	to -= (uintptr_t)to % UNIT_BYTES;
	if (to <= from || !__heap_units_unmap(from, (size_t)(to - from))) {
		block_list(b, size, zero);
		return false;
	}
	regions -= (size_t)(to - from);
	if (!first) {
		struct block *end = end_make(from);

		block_list(b, (size_t)((char *)end - (char *)b),
			   zero < (uintptr_t)end ? zero : (uintptr_t)end);
	}
	if (!last)
		((struct block *)to)->below = seal((struct block *)to, 0);
	if (!last && to != (char *)next)
		block_list((struct block *)to, (size_t)((char *)next - to), zero);
	return true;
}

static size_t usage(void)
{
	return __atomic_load_n(&__heap_usage, __ATOMIC_RELAXED);
}

/* Gives back the pages of a free block, which is the youngest then; whether there were some. */
static bool block_release(struct block *b, bool all)
{
	size_t size = block_verify(b);
	uintptr_t zero = block_unlist(b, size);
	bool some = pages_drop(b, size, &zero);

	if (all || regions > MAPPED_USES * usage() + step)
		return units_give(b, size, zero) || some;
	block_list(b, size, zero);
	return some;
}

/* Whether it is too much to keep all free blocks as they are, of which b is the oldest. */
static bool block_overdue(const struct block *b)
{
	size_t most = KEPT_USES * usage();

	return frees - b->freed_at > AGE_MOST || spare > (most > KEPT_BYTES ? most : KEPT_BYTES) ||
	       regions > MAPPED_USES * usage() + step;
}

bool __heap_trim_blocks(void)
{
	struct block *youngest = ages.first, *b;
	bool some = false;

	do {
		b = ages.last;
		some |= b && block_release(b, true);
	} while (b != youngest);
	return some;
}

static void usage_allocated(size_t bytes)
{
	__heap_stats.total_allocations++;
	__heap_stats.bytes_allocated += bytes;
	usage_add(bytes);
}

void *__heap_allocate(size_t request, size_t alignment, size_t *dirty)
{
	struct block *b = NULL;

	if (alignment < BLOCK_ALIGN)
		alignment = BLOCK_ALIGN;
	if (!((request | alignment) >> (ADDRESS_BITS - 1))) {
		heap_lock();
		if (!__heap_key)
			__heap_key = __heap_secret() | 1;
		b = block_take(block_size_for(request), alignment, dirty);
		if (!b) {
			__heap_trim_blocks();
			__heap_small_trim();
			b = block_take(block_size_for(request), alignment, dirty);
		}
		if (b)
			usage_allocated(block_size(b) - BLOCK_HEADER);
		heap_unlock();
	}
	if (!b)
		errno = ENOMEM;
	return b ? block_payload(b) : NULL;
}

/* The size of the live block at payload, which anybody says there is. */
static size_t live_verify(const char *payload)
{
	struct block *b = block_of(payload);
	uint64_t tag;

	if (unit_kind(payload) != UNIT_BLOCKS || unit_kind(payload - BLOCK_HEADER) != UNIT_BLOCKS)
		__heap_fail("invalid pointer", payload);
	if ((uintptr_t)payload % BLOCK_ALIGN)
		__heap_fail("misaligned pointer", payload);
	tag = unseal(b, b->tag);
	if (seal_broken(tag))
		__heap_fail("interior pointer or overwritten header", payload);
	if (tag_state(tag) == BLOCK_FREE)
		__heap_fail("double free", payload);
	if (tag_state(tag) != BLOCK_LIVE || !block_agrees(b, tag_size(tag)))
		__heap_fail("block overrun", payload);
	return tag_size(tag);
}

void __heap_free(void *payload)
{
	struct block *b = block_of(payload);
	size_t size;

	heap_lock();
	size = live_verify(payload);
	usage_freed(size - BLOCK_HEADER);
	frees += size >= BLOCK_LARGE;
	b = block_free(b, size, (uintptr_t)b + size);
	if (size > KEPT_BYTES + usage())
		block_release(b, true);
	while (ages.last && block_overdue(ages.last) && block_release(ages.last, false))
		;
	heap_unlock();
}

/* The header of a live block, and what the one above says of it, change only when it does. */
size_t __heap_usable(void *payload)
{
	return live_verify(payload) - BLOCK_HEADER;
}

/* The block has other bytes now, in place. */
static void usage_resized(size_t from, size_t to)
{
	if (to > from)
		__heap_stats.bytes_allocated += to - from;
	else
		__heap_stats.bytes_freed += from - to;
	usage_add(to - from);
}

/* Makes block b, of size bytes, as large as wanted, or more if there is room for more. One that
 * becomes large has to move, so that its pages can be moved when it grows on. */
static bool block_resize(struct block *b, size_t size, size_t want, size_t more)
{
	struct block *next = block_at(b, size);
	uintptr_t zero = (uintptr_t)next;
	size_t total = size;

	if (want > size && block_state(next) == BLOCK_FREE)
		total += block_verify(next);
	if (want > total || (want > size && want >= BLOCK_LARGE && (uintptr_t)b % LARGE_STEP))
		return false;
	if (total > size)
		zero = block_unlist(next, total - size);
	block_cut(b, total, more <= total ? more : want, zero);
	usage_resized(size, block_size(b));
	return true;
}

/* Nothing is done for less than an eighth. A block that grows will often do so again, so it is
 * given a sixteenth more; but large ones are rounded as it is. */
bool __heap_resize(void *payload, size_t request, size_t *old)
{
	size_t size = live_verify(payload), want, more;
	bool done;

	*old = size - BLOCK_HEADER;
	if (request <= *old && request >= *old - *old / 8)
		return true;
	if (request >> (ADDRESS_BITS - 1))
		return false;
	want = more = block_size_for(request);
	if (want > size && want < BLOCK_LARGE)
		more = block_size_for(request + request / 16);
	heap_lock();
	done = block_resize(block_of(payload), size, want, more);
	heap_unlock();
	return done;
}
