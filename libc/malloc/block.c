/* See block.h. */
#include "block.h"

#include <errno.h>

#define ADDRESS_BITS	47

/* The words of the fence at an address. No link is like them: it seals a multiple of 16, or BIN_END. */
static uintptr_t fence_word(const uintptr_t *word)
{
	return ((uintptr_t)word | 4) * __heap_seal.factor;
}

static void fence_set(void *p, size_t usable)
{
	uintptr_t *fence = (uintptr_t *)((uintptr_t)p + usable);

	fence[0] = fence_word(&fence[0]);
	fence[1] = fence_word(&fence[1]);
}

/* Whether the fence of a block is as it was set, if it has one. */
static bool fence_stands(const void *p, size_t usable)
{
	const uintptr_t *fence = (const uintptr_t *)((uintptr_t)p + usable);

	return usable <= SMALL_MOST || usable >= FENCED ||
	       (fence[0] == fence_word(&fence[0]) && fence[1] == fence_word(&fence[1]));
}

struct span *__heap_find(const void *p)
{
	struct span *s = span_of(p);

	if (s->kind < SPAN_LARGE)
		__heap_fail(s->kind != SPAN_NONE && (uintptr_t)p % GRANULE == 0 ? "double free" :
			    "invalid pointer", p);
	if ((uintptr_t)p % HEAP_ALIGN)
		__heap_fail("misaligned pointer", p);
	if (s->kind == SPAN_LARGE ? p != s->base : !slot_has(s, p))
		__heap_fail("interior pointer", p);
	if (s->kind != SPAN_LARGE && ((const struct object *)p)->stamp == object_stamp(p, s->owner))
		__heap_fail("double free", p);
	if (!fence_stands(p, block_usable(s)))
		__heap_fail("block overrun", p);
	return s;
}

void *__heap_fenced_allocate(size_t bytes)
{
	size_t offset = bin_offset(bytes);
	void *p = bin_take((struct bin *)((char *)__heap_mine + offset));

	if (p && span_of(p)->kind != SPAN_LARGE)
		fence_set(p, bin_size(offset / sizeof(struct bin)) - FENCE);
	return p;
}

/* The least span for a request, whose usable bytes are *usable. */
static size_t large_bytes(size_t request, size_t *usable)
{
	*usable = (request + HEAP_ALIGN - 1) & -HEAP_ALIGN;
	if (*usable <= SMALL_MOST)
		*usable = SMALL_MOST + HEAP_ALIGN;	/* which says that there is a fence */
	return __heap_span_round(*usable < FENCED ? *usable + FENCE : *usable);
}

/* Makes a span in use a block. */
static void large_set(struct span *s, size_t usable)
{
	s->kind = SPAN_LARGE;
	s->usable = usable;
	if (usable < FENCED)
		fence_set(s->base, usable);
}

void *__heap_large_allocate(size_t request, size_t alignment, size_t *dirty)
{
	size_t bytes, usable;
	struct span *s;
	char *base = NULL;

	if (alignment < GRANULE)
		alignment = GRANULE;
	if (!((request | alignment) >> (ADDRESS_BITS - 1))) {
		bytes = large_bytes(request, &usable);
		heap_lock();
		__heap_settle(__heap_mine);	/* or the peak does not know what it freed */
		base = __heap_span_take(bytes, alignment, dirty);
		if (!base && __heap_trim())
			base = __heap_span_take(bytes, alignment, dirty);
		if (base) {
			s = span_of(base);
			s->base = base;
			s->bytes = bytes;
			large_set(s, usable);
			__heap_stats.total_allocations++;
			__heap_stats.bytes_allocated += usable;
			usage_add(usable);
		}
		heap_unlock();
	}
	if (!base)
		errno = ENOMEM;
	return base;
}

void __heap_large_free(struct span *s)
{
	heap_lock();
	if (s->kind != SPAN_LARGE)	/* another thread was first */
		__heap_fail("double free", s->base);
	usage_freed(s->usable);
	s->kind = SPAN_FREED;
	__heap_span_free(s->base, s->bytes, s->bytes);
	heap_unlock();
}

bool __heap_large_resize(struct span *s, size_t request)
{
	size_t usable, bytes, old = s->usable;
	bool done;

	if (request >> (ADDRESS_BITS - 1))
		return false;
	bytes = large_bytes(request, &usable);
	heap_lock();
	done = __heap_span_extend(s, bytes);
	if (done) {
		large_set(s, usable);
		if (usable > old)
			__heap_stats.bytes_allocated += usable - old;
		else
			__heap_stats.bytes_freed += old - usable;
		usage_add(usable - old);
		if (bytes < s->bytes) {
			old = s->bytes;
			s->bytes = bytes;
			__heap_span_free(s->base + bytes, old - bytes, old - bytes);
		}
	}
	heap_unlock();
	return done;
}
