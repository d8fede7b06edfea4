/* Small and middle blocks come from regions, large ones are mappings of their own: whole pages,
 * zero from the kernel, without a header, for the descriptor says all.
 *
 * Giving back. A region without live blocks is empty. One of them, the spare, is kept for the
 * next request if no more than KEPT_BYTES of it were ever used; any other goes back to the
 * kernel. So each mapping call is paid for by KEPT_BYTES used or a second region emptied. */
#include "heap.h"

#include <errno.h>
#include <stdint.h>

#include "region.h"

#define KEPT_BYTES	((size_t)1 << 20)

_Static_assert(3 * HEAP_LARGE_LEAST < HEAP_STEP_LEAST, "a step holds any block, aligned");

uint64_t __heap_key;
struct allocation_stats __heap_stats;

/* The region that was emptied last and kept, or NULL; it may have live blocks again. */
static struct mapping *spare;

/* The caller's bytes of one block, which are 0 before it is handed out and after it is freed. */
static void stats_resized(size_t from, size_t to)
{
	struct allocation_stats *s = &__heap_stats;

	s->current_usage += to - from;
	if (to > from)
		s->bytes_allocated += to - from;
	if (s->current_usage > s->peak_usage)
		s->peak_usage = s->current_usage;
}

/* Gives an empty region back, or leaves it in use if the kernel does not take it. */
static bool region_retire(struct mapping *m)
{
	if (!__heap_region_close(m))
		return false;
	if (m == spare)
		spare = NULL;
	return true;
}

static void region_free(struct mapping *m, struct block *b, size_t size)
{
	__heap_region_give(m, b, size);
	if (--m->live)
		return;
	if ((!spare || spare == m || spare->live) && m->fresh - m->base <= KEPT_BYTES)
		spare = m;
	else
		region_retire(m);
}

static size_t pages_for(size_t request)
{
	return (request + HEAP_PAGE - 1) & -(size_t)HEAP_PAGE;
}

static struct mapping *large_allocate(size_t request, size_t alignment)
{
	size_t bytes = pages_for(request ? request : 1);
	struct mapping *m;

	if (alignment < HEAP_PAGE)
		alignment = HEAP_PAGE;
	m = __heap_mapping_create(MAPPING_LARGE, bytes, alignment);
	if (!m && spare && !spare->live && region_retire(spare))
		m = __heap_mapping_create(MAPPING_LARGE, bytes, alignment);
	return m;
}

/* Pages that the kernel does not take back become a region, so that they are of use. */
static void large_free(struct mapping *m)
{
	if (!__heap_mapping_destroy(m))
		__heap_region_open(m, mapping_end(m));
}

/* Sets the bytes that the block got. */
static void *allocate(size_t request, size_t alignment, size_t *usable, size_t *dirty)
{
	struct mapping *m;
	struct block *b;

	if (alignment > PTRDIFF_MAX || request > PTRDIFF_MAX - alignment)
		return NULL;
	if (request >= HEAP_LARGE_LEAST || alignment > HEAP_LARGE_LEAST) {
		m = large_allocate(request, alignment);
		*usable = m ? m->size : 0;
		*dirty = 0;
		return m ? (void *)m->base : NULL;
	}
	b = __heap_region_take(block_size_for(request), alignment, dirty);
	*usable = b ? block_usable(b) : 0;
	return b ? block_payload(b) : NULL;
}

void *__heap_allocate(size_t request, size_t alignment, size_t *dirty)
{
	size_t usable, ignored;
	void *p;

	heap_lock();
	if (!__heap_key)
		__heap_key = __heap_secret() | 1;
	p = allocate(request, alignment < BLOCK_ALIGN ? BLOCK_ALIGN : alignment, &usable,
		     dirty ? dirty : &ignored);
	if (p) {
		__heap_stats.total_allocations++;
		stats_resized(0, usable);
	}
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
	struct mapping *m = __heap_mapping_region(payload);

	if (m) {
		*usable = live_verify(m, payload) - BLOCK_HEADER;
		return m;
	}
	m = __heap_mapping_search((uintptr_t)payload);
	if (!m || m->kind != MAPPING_LARGE)
		__heap_fail("invalid pointer", payload);
	if ((uintptr_t)payload != m->base)
		__heap_fail("interior pointer", payload);
	*usable = m->size;
	return m;
}

void __heap_free(void *payload)
{
	struct mapping *m;
	size_t usable;

	heap_lock();
	m = find(payload, &usable);
	__heap_stats.total_deallocations++;
	stats_resized(usable, 0);
	if (m->kind == MAPPING_LARGE)
		large_free(m);
	else
		region_free(m, block_of(payload), usable + BLOCK_HEADER);
	heap_unlock();
}

size_t __heap_usable(void *payload)
{
	size_t usable;

	heap_lock();
	find(payload, &usable);
	heap_unlock();
	return usable;
}

static bool large_resize(struct mapping *m, size_t request)
{
	if (request < HEAP_LARGE_LEAST || request > m->size)
		return false;
	if (pages_for(request) < m->size)
		__heap_mapping_shrink(m, pages_for(request));
	return true;
}

bool __heap_resize(void *payload, size_t request, size_t *old)
{
	struct block *b = block_of(payload);
	struct mapping *m;
	bool done;

	heap_lock();
	m = find(payload, old);
	if (m->kind == MAPPING_LARGE)
		done = large_resize(m, request);
	else
		done = request < HEAP_LARGE_LEAST && __heap_region_resize(m, b, block_size_for(request));
	if (done)
		stats_resized(*old, m->kind == MAPPING_LARGE ? m->size : block_usable(b));
	heap_unlock();
	return done;
}
