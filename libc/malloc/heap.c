/* Small and middle blocks come from regions, large ones are mappings of their own: whole pages,
 * zero from the kernel, without a header, for the descriptor says all.
 *
 * Most small blocks that are freed are wanted again soon, in the same size. They are not merged at
 * once but kept in a cache: one list for each size, last in, first out, of about CACHE_BYTES. The
 * blocks in it are whole (CACHED): the neighbours do not merge with them, so malloc and free of a
 * cached size touch one header and one list head.
 *
 * Giving back. A region without live blocks is empty. One of them, the spare, is kept for the
 * next request if no more than KEPT_BYTES of it were ever used; any other goes back to the
 * kernel, after the cache, which may hold blocks of it, has been merged. So each mapping call is
 * paid for by KEPT_BYTES used or a second region emptied. */
#include "heap.h"

#include <errno.h>
#include <stdint.h>

#include "region.h"

#define KEPT_BYTES	((size_t)1 << 20)
#define CACHE_MOST	((size_t)1024 + BLOCK_HEADER)	/* the largest block cached */
#define CACHE_BYTES	((size_t)8 << 10)

_Static_assert(3 * HEAP_LARGE_LEAST < HEAP_STEP_LEAST, "a step holds any block, aligned");

struct cache {
	struct block *head;
	size_t bytes;
};

uint64_t __heap_key;
struct allocation_stats __heap_stats;

/* By the size of the block in units of BLOCK_ALIGN. */
static struct cache caches[CACHE_MOST / BLOCK_ALIGN + 1];

/* The region that was emptied last and kept, or NULL; it may have live blocks again. */
static struct mapping *spare;

static inline size_t block_usable(size_t size)
{
	return size - BLOCK_HEADER;
}

static inline void stats_more(size_t bytes)
{
	struct allocation_stats *s = &__heap_stats;

	s->bytes_allocated += bytes;
	s->current_usage += bytes;
	if (s->current_usage > s->peak_usage)
		s->peak_usage = s->current_usage;
}

static inline void stats_allocated(size_t bytes)
{
	__heap_stats.total_allocations++;
	stats_more(bytes);
}

static inline void stats_freed(size_t bytes)
{
	__heap_stats.total_deallocations++;
	__heap_stats.current_usage -= bytes;
}

static void stats_resized(size_t from, size_t to)
{
	if (to > from)
		stats_more(to - from);
	else
		__heap_stats.current_usage -= from - to;
}

/* Takes the first block off a cache that is not empty; its region is *home. */
static inline struct block *cache_pop(struct cache *c, size_t size, struct mapping **home)
{
	struct block *b = c->head;

	if (__builtin_expect(b->tag != seal(b, size | BLOCK_CACHED), 0))
		__heap_fail("freed block overwritten", block_payload(b));
	c->head = block_link(b, b->next);
	*home = block_link(b, b->home);
	c->bytes -= size;
	return b;
}

static inline bool cache_push(struct mapping *m, struct block *b, size_t size)
{
	struct cache *c;

	if (size > CACHE_MOST)
		return false;
	c = &caches[size / BLOCK_ALIGN];
	if (c->bytes >= CACHE_BYTES)
		return false;
	b->tag = seal(b, size | BLOCK_CACHED);
	b->next = link_to(b, c->head);
	b->home = link_to(b, m);
	c->head = b;
	c->bytes += size;
	return true;
}

/* Merges what is cached; returns whether there was anything. It is a bounded amount. */
static bool cache_flush(void)
{
	bool any = false;

	for (size_t i = 0; i < sizeof caches / sizeof *caches; i++) {
		while (caches[i].head) {
			struct mapping *m;
			struct block *b = cache_pop(&caches[i], i * BLOCK_ALIGN, &m);

			__heap_region_give(m, b, block_verify(m, b, BLOCK_CACHED));
			any = true;
		}
	}
	return any;
}

/* Gives an empty region back, or leaves it in use if the kernel does not take it. */
static bool region_retire(struct mapping *m)
{
	cache_flush();
	if (!__heap_region_close(m))
		return false;
	if (m == spare)
		spare = NULL;
	return true;
}

/* Called with the lock held, returns without it, as are all functions named _unlock. */
static __attribute__((noinline)) void emptied_unlock(struct mapping *m)
{
	if ((!spare || spare == m || spare->live) && m->fresh - m->base <= KEPT_BYTES)
		spare = m;
	else
		region_retire(m);
	heap_unlock();
}

static size_t pages_for(size_t request)
{
	return (request + HEAP_PAGE - 1) & -(size_t)HEAP_PAGE;
}

static void *large_allocate(size_t request, size_t alignment)
{
	size_t bytes = pages_for(request ? request : 1);
	struct mapping *m;

	if (alignment < HEAP_PAGE)
		alignment = HEAP_PAGE;
	m = __heap_mapping_create(MAPPING_LARGE, bytes, alignment);
	if (!m && spare && !spare->live && region_retire(spare))
		m = __heap_mapping_create(MAPPING_LARGE, bytes, alignment);
	if (!m)
		return NULL;
	stats_allocated(bytes);
	return (void *)m->base;
}

/* Pages that the kernel does not take back become a region, so that they are of use. */
static void large_free(struct mapping *m)
{
	stats_freed(m->size);
	if (!__heap_mapping_destroy(m))
		__heap_region_open(m, mapping_end(m));
}

static void *region_allocate(size_t size, size_t alignment, size_t *dirty)
{
	struct mapping *m;
	struct block *b = __heap_region_take(size, alignment, &m, dirty);

	if (!b && cache_flush())
		b = __heap_region_take(size, alignment, &m, dirty);
	if (!b)
		return NULL;
	stats_allocated(block_usable(tag_size(block_tag(b))));
	return block_payload(b);
}

static __attribute__((noinline)) void *
allocate_unlock(size_t request, size_t alignment, size_t *dirty)
{
	size_t unused;
	void *p = NULL;

	if (!dirty)
		dirty = &unused;
	*dirty = 0;
	if (!__heap_key)
		__heap_key = __heap_secret() | 1;
	if (alignment <= PTRDIFF_MAX && request <= PTRDIFF_MAX - alignment) {
		if (request >= HEAP_LARGE_LEAST || alignment > HEAP_LARGE_LEAST)
			p = large_allocate(request, alignment);
		else
			p = region_allocate(block_size_for(request), alignment, dirty);
	}
	heap_unlock();
	if (!p)
		errno = ENOMEM;
	return p;
}

static __attribute__((noinline)) void *allocate_wait(size_t request, size_t *dirty)
{
	heap_lock();
	return allocate_unlock(request, BLOCK_ALIGN, dirty);
}

void *__heap_allocate(size_t request, size_t *dirty)
{
	size_t size = block_size_for(request);
	struct mapping *m;
	struct block *b;

	if (!heap_try_lock())
		return allocate_wait(request, dirty);
	if (request > block_usable(CACHE_MOST) || !caches[size / BLOCK_ALIGN].head)
		return allocate_unlock(request, BLOCK_ALIGN, dirty);
	b = cache_pop(&caches[size / BLOCK_ALIGN], size, &m);
	b->tag = seal(b, size | BLOCK_LIVE);
	m->live++;
	stats_allocated(block_usable(size));
	heap_unlock();
	return block_payload(b);
}

void *__heap_allocate_aligned(size_t request, size_t alignment)
{
	heap_lock();
	return allocate_unlock(request, alignment < BLOCK_ALIGN ? BLOCK_ALIGN : alignment, NULL);
}

static _Noreturn __attribute__((cold)) void pointer_fail(const void *payload, uint64_t tag)
{
	if (seal_broken(tag))
		__heap_fail("interior pointer or overwritten header", payload);
	if (tag_state(tag) == BLOCK_FREE || tag_state(tag) == BLOCK_CACHED)
		__heap_fail("double free", payload);
	__heap_fail("block overrun", payload);
}

/* The size of the live block at payload in region m. */
static inline size_t live_verify(const struct mapping *m, const void *payload)
{
	struct block *b = block_of(payload);
	uint64_t tag;

	if (__builtin_expect((uintptr_t)payload % BLOCK_ALIGN, 0))
		__heap_fail("misaligned pointer", payload);
	tag = unseal(b, b->tag);
	if (!tag_is(tag, BLOCK_LIVE) || !block_agrees(m, b, tag - BLOCK_LIVE))
		pointer_fail(payload, tag);
	return tag - BLOCK_LIVE;
}

/* The large block that begins at payload, which is in no region. */
static __attribute__((noinline)) struct mapping *large_find(const void *payload)
{
	struct mapping *m = __heap_mapping_search((uintptr_t)payload);

	if (!m || m->kind != MAPPING_LARGE)
		__heap_fail("invalid pointer", payload);
	if ((uintptr_t)payload != m->base)
		__heap_fail("interior pointer", payload);
	return m;
}

/* Frees live block b of size bytes, which the cache does not take. */
static __attribute__((noinline)) void give_unlock(struct mapping *m, struct block *b, size_t size)
{
	stats_freed(block_usable(size));
	__heap_region_give(m, b, size);
	if (!--m->live)
		return emptied_unlock(m);
	heap_unlock();
}

static inline void free_unlock(struct mapping *m, void *payload)
{
	struct block *b = block_of(payload);
	size_t size = live_verify(m, payload);

	if (!cache_push(m, b, size))
		return give_unlock(m, b, size);
	stats_freed(block_usable(size));
	if (!--m->live)
		return emptied_unlock(m);
	heap_unlock();
}

/* Frees what is large, or in a region that its slot did not say. */
static __attribute__((noinline)) void search_free_unlock(void *payload)
{
	struct mapping *m = __heap_mapping_region(payload);

	if (m)
		return free_unlock(m, payload);
	large_free(large_find(payload));
	heap_unlock();
}

static __attribute__((noinline)) void free_wait(void *payload)
{
	heap_lock();
	search_free_unlock(payload);
}

void __heap_free(void *payload)
{
	struct mapping *m;

	if (!heap_try_lock())
		return free_wait(payload);
	m = mapping_guess(payload);
	if (!m)
		return search_free_unlock(payload);
	free_unlock(m, payload);
}

size_t __heap_usable(void *payload)
{
	struct mapping *m;
	size_t usable;

	heap_lock();
	m = __heap_mapping_region(payload);
	usable = m ? block_usable(live_verify(m, payload)) : large_find(payload)->size;
	heap_unlock();
	return usable;
}

static bool large_resize(struct mapping *m, size_t request)
{
	size_t old = m->size, bytes = pages_for(request);

	if (request < HEAP_LARGE_LEAST || bytes > old)
		return false;
	if (bytes < old && __heap_mapping_shrink(m, bytes))
		stats_resized(old, bytes);
	return true;
}

static bool region_resize(struct mapping *m, struct block *b, size_t old, size_t request)
{
	if (request >= HEAP_LARGE_LEAST)
		return false;
	if (!__heap_region_resize(m, b, old, block_size_for(request)))
		return false;
	stats_resized(old, tag_size(block_tag(b)));
	return true;
}

bool __heap_resize(void *payload, size_t request, size_t *old)
{
	struct mapping *m;
	bool done;

	heap_lock();
	m = __heap_mapping_region(payload);
	if (m) {
		size_t size = live_verify(m, payload);

		*old = block_usable(size);
		done = region_resize(m, block_of(payload), size, request);
	} else {
		m = large_find(payload);
		*old = m->size;
		done = large_resize(m, request);
	}
	heap_unlock();
	return done;
}
