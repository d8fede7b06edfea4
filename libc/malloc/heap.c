/* See heap.h.
 *
 * Giving back. Empty regions are kept as long as what was written to them comes to no more than
 * KEPT_BYTES or half of the usage. A large block that is freed becomes an empty region: so its
 * pages serve the next one. */
#include "heap.h"

#include <errno.h>
#include <stdint.h>

#include "region.h"
#include "small.h"

#define KEPT_BYTES	((size_t)256 << 10)

_Static_assert(3 * HEAP_LARGE_LEAST < HEAP_STEP_LEAST, "a step holds any block, aligned");

uint64_t __heap_key;
struct allocation_stats __heap_stats;
size_t __heap_usage, __heap_peak;

static size_t kept_most(void)
{
	size_t half = __atomic_load_n(&__heap_usage, __ATOMIC_RELAXED) / 2;

	return half > KEPT_BYTES ? half : KEPT_BYTES;
}

bool __heap_trim_regions(void)
{
	size_t before = __heap_mapped;

	__heap_regions_keep(0);
	return __heap_mapped != before;
}

static void usage_allocated(size_t bytes)
{
	__heap_stats.total_allocations++;
	__heap_stats.bytes_allocated += bytes;
	usage_add(bytes);
}

/* A block has other bytes now, in place. */
static void usage_resized(size_t from, size_t to)
{
	if (to > from)
		__heap_stats.bytes_allocated += to - from;
	else
		__heap_stats.bytes_freed += from - to;
	usage_add(to - from);
}

static size_t pages_for(size_t request)
{
	return (request + HEAP_PAGE - 1) & -(size_t)HEAP_PAGE;
}

static void *large_allocate(size_t request, size_t alignment, size_t *usable)
{
	size_t bytes = pages_for(request ? request : 1);
	struct mapping *m;

	if (alignment < HEAP_PAGE)
		alignment = HEAP_PAGE;
	m = __heap_mapping_create(MAPPING_LARGE, bytes, alignment);
	*usable = bytes;
	return m ? (void *)m->base : NULL;
}

static void *
region_allocate(size_t request, size_t alignment, bool grow, size_t *usable, size_t *dirty)
{
	struct block *b = __heap_region_take(block_size_for(request), alignment, grow, dirty);

	*usable = b ? block_usable(b) : 0;
	return b ? block_payload(b) : NULL;
}

static void *allocate(size_t request, size_t alignment, bool own, size_t *usable, size_t *dirty)
{
	bool large = request >= HEAP_LARGE_LEAST || alignment > HEAP_LARGE_LEAST;
	void *p = NULL;

	if (!large || !own)
		p = region_allocate(request, alignment, !large, usable, dirty);
	if (!p && large) {
		*dirty = 0;
		p = large_allocate(request, alignment, usable);
	}
	return p;
}

void *__heap_allocate(size_t request, size_t alignment, bool own, size_t *dirty)
{
	size_t usable;
	void *p;

	if (alignment > PTRDIFF_MAX || request > PTRDIFF_MAX - alignment) {
		errno = ENOMEM;
		return NULL;
	}
	if (alignment < BLOCK_ALIGN)
		alignment = BLOCK_ALIGN;
	heap_lock();
	if (!__heap_key)
		__heap_key = __heap_secret() | 1;
	p = allocate(request, alignment, own, &usable, dirty);
	if (!p) {
		__heap_trim_regions();
		__heap_small_trim();
		p = allocate(request, alignment, own, &usable, dirty);
	}
	if (p)
		usage_allocated(usable);
	heap_unlock();
	if (!p)
		errno = ENOMEM;
	return p;
}

/* The size of the live block at payload in region m. */
static size_t live_verify(const struct mapping *m, const void *payload)
{
	struct block *b = block_of(payload);
	uint64_t tag;

	if ((uintptr_t)payload % BLOCK_ALIGN)
		__heap_fail("misaligned pointer", payload);
	tag = unseal(b, b->tag);
	if (seal_broken(tag))
		__heap_fail("interior pointer or overwritten header", payload);
	if (tag_state(tag) == BLOCK_FREE)
		__heap_fail("double free", payload);
	if (tag_state(tag) != BLOCK_LIVE || !block_agrees(m, b, tag_size(tag)))
		__heap_fail("block overrun", payload);
	return tag_size(tag);
}

/* The mapping that holds the live block at payload, and how many bytes of it are the caller's. */
static struct mapping *find(const void *payload, size_t *usable)
{
	struct mapping *m = __heap_mapping_search((uintptr_t)payload);

	if (!m || (m->kind == MAPPING_REGION && (uintptr_t)payload - m->base < BLOCK_HEADER))
		__heap_fail("invalid pointer", payload);
	if (m->kind == MAPPING_REGION) {
		*usable = live_verify(m, payload) - BLOCK_HEADER;
		return m;
	}
	if ((uintptr_t)payload != m->base)
		__heap_fail("interior pointer", payload);
	*usable = m->size;
	return m;
}

void __heap_free(void *payload)
{
	struct mapping *m;
	size_t usable;

	m = find(payload, &usable);
	usage_freed(usable);
	if (m->kind == MAPPING_REGION)
		__heap_region_give(m, block_of(payload), usable + BLOCK_HEADER, kept_most());
	else if (m->size <= kept_most() || !__heap_mapping_destroy(m))
		__heap_region_open(m, mapping_end(m));
	__heap_regions_keep(kept_most());
	heap_unlock();
}

size_t __heap_usable(void *payload)
{
	size_t usable;

	find(payload, &usable);
	heap_unlock();
	return usable;
}

void *__heap_resize(void *payload, size_t request, size_t *old)
{
	struct mapping *m = find(payload, old);
	size_t size = block_size_for(request), now = *old;
	void *p = NULL;

	if (m->kind == MAPPING_REGION) {
		if (request <= m->size && __heap_region_resize(m, block_of(payload), size))
			p = payload;
	} else if (request >= HEAP_LARGE_LEAST && request <= PTRDIFF_MAX) {
		if (pages_for(request) == m->size || __heap_mapping_resize(m, pages_for(request)))
			p = (void *)m->base;
	}
	if (p)
		now = m->kind == MAPPING_REGION ? block_usable(block_of(p)) : m->size;
	if (p == payload) {
		usage_resized(*old, now);
	} else if (p) {
		usage_freed(*old);
		usage_allocated(now);
	}
	heap_unlock();
	return p;
}
