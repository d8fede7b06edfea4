/* The functions of malloc(3) and posix_memalign(3) over small.h. What the standards leave open:
 *
 *	malloc(0), calloc(0, n), realloc(NULL, 0)	a block of its own, to be freed
 *	realloc(p, 0), p not NULL			frees p and returns NULL, errno as it was
 *	alignment not a power of two			EINVAL
 *	more than PTRDIFF_MAX bytes			ENOMEM
 *
 * What is not in the C standard is weak: a program may have such names of its own. */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "small.h"

#define FENCED		((size_t)128 << 10)	/* bytes from which a block has no fence */
#define MOVE_LEAST	FENCED			/* bytes that are worth a system call */
#define PAGE_TABLE	((size_t)2 << 20)	/* bytes that one maps: it can be moved whole */
#define WHOLE_LEAST	((size_t)1 << 20)	/* bytes that are aligned so when they grow */
#define ADDRESS_BITS	47

/* What is the caller's of a block of more than SMALL_MOST and less than FENCED bytes is followed by a
 * fence: words that depend on their address and on the secret of this run, so that an overrun is seen
 * when the block is freed or resized. (Of a larger one the last page is often not touched.)
 *
 * The words of the fence at an address. No link is like them: it seals a multiple of 16, or BIN_END. */
static uintptr_t fence_word(const uintptr_t *word)
{
	return ((uintptr_t)word | 4) * __heap_seal.factor;
}

/* The bytes of a block in s that are the caller's. */
static inline size_t block_usable(const struct span *s)
{
	return s->kind == SPAN_LARGE ? s->usable : slot_usable(s);
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

/* The span of the live block at p, which may be anybody's. If there is none, that is said. Takes no
 * lock. */
static struct span *block_find(const void *p)
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

/* A block of a slot with a fence, its bytes included. */
static void *fenced_allocate(size_t bytes)
{
	void *p = bin_take(bin_for(bytes));

	if (p)
		fence_set(p, slot_usable(span_of(p)));
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

static void large_count(size_t allocated, size_t freed)
{
	__heap_stats.bytes_allocated += allocated;
	__heap_stats.bytes_freed += freed;
	usage_add(allocated - freed);
}

/* Blocks that are too large for slots; these take the lock. NULL and ENOMEM without memory; beyond
 * *dirty the block is zero. */
static void *large_allocate(size_t request, size_t alignment, size_t *dirty)
{
	size_t bytes, usable;
	struct span *s = NULL;

	if (alignment < GRANULE)
		alignment = GRANULE;
	for (int tries = 0; !s; tries++) {
		if (tries == 2 || (request | alignment) >> (ADDRESS_BITS - 1)) {
			errno = ENOMEM;
			return NULL;
		}
		if (tries)
			__heap_trim();
		bytes = large_bytes(request, &usable);
		heap_lock();
		__heap_tidy();
		s = __heap_span_take(bytes, alignment, dirty);
		if (s) {
			large_set(s, usable);
			__heap_stats.total_allocations++;
			large_count(usable, 0);
		}
		heap_unlock();
	}
	return s->base;
}

static void large_free(struct span *s)
{
	heap_lock();
	if (s->kind != SPAN_LARGE)	/* another thread was first */
		__heap_fail("double free", s->base);
	__heap_stats.total_deallocations++;
	large_count(0, s->usable);
	s->kind = SPAN_FREED;
	__heap_span_free(s->base, s->bytes, s->bytes);
	__heap_tidy();
	heap_unlock();
}

/* In place; false, and nothing is changed, if there is no room. */
static bool large_resize(struct span *s, size_t request)
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
		large_count(usable > old ? usable - old : 0, usable > old ? 0 : old - usable);
		if (bytes < s->bytes) {
			old = s->bytes;
			s->bytes = bytes;
			__heap_span_free(s->base + bytes, old - bytes, old - bytes);
			__heap_tidy();
		}
	}
	heap_unlock();
	return done;
}

/* A block that is not small. Beyond *dirty it is zero. */
static __attribute__((noinline)) void *allocate(size_t size, size_t *dirty)
{
	if (size > SLOT_MOST - FENCE)
		return large_allocate(size, HEAP_ALIGN, dirty);
	*dirty = size;
	return fenced_allocate(size + FENCE);
}

void *malloc(size_t size)
{
	size_t dirty;

	if (__builtin_expect(size <= SMALL_MOST, 1))
		return bin_take(bin_for(size));
	return allocate(size, &dirty);
}

static __attribute__((noinline)) void free_slowly(void *p)
{
	struct span *s;

	if (!p)
		return;
	s = block_find(p);
	if (s->kind == SPAN_LARGE)
		large_free(s);
	else
		__heap_small_free(s, p);
}

void free(void *p)
{
	if (__builtin_expect(!heap_free_own(p), 0))
		free_slowly(p);
}

static __attribute__((noinline)) void *calloc_rest(size_t size)
{
	size_t dirty;
	char *p = allocate(size, &dirty);

	return p ? memset(p, 0, dirty < size ? dirty : size) : NULL;
}

void *calloc(size_t count, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;	/* which nobody can have */
	if (__builtin_expect(bytes > SMALL_MOST, 0))
		return calloc_rest(bytes);
	p = bin_take(bin_for(bytes));
	return p ? memset(p, 0, bytes) : NULL;
}

__attribute__((weak)) size_t malloc_usable_size(void *p)
{
	return p ? block_usable(block_find(p)) : 0;
}

/* Makes p hold size bytes where it is; false, and nothing is changed, if it has to move. *old is
 * what it had. What would be twice too large for its place moves too. */
static bool resize(void *p, size_t size, size_t *old)
{
	struct span *s = block_find(p);

	*old = block_usable(s);
	if (s->kind == SPAN_LARGE)
		return size > SLOT_MOST / 2 && large_resize(s, size);
	return size <= *old && size >= *old / 2;
}

/* The whole pages of a large block, which begins with one, are moved by the kernel, if they can be. */
static void contents_move(char *to, char *from, size_t bytes)
{
	size_t moved = 0;

	if (bytes >= MOVE_LEAST) {
		heap_lock();
		if (__heap_pages_move(to, from, bytes & -(size_t)HEAP_PAGE))
			moved = bytes & -(size_t)HEAP_PAGE;
		heap_unlock();
	}
	memcpy(to + moved, from + moved, bytes - moved);
}

void *realloc(void *p, size_t size)
{
	size_t old, dirty;
	void *moved = NULL;
	int saved = errno;

	if (!p)
		return malloc(size);
	if (!size) {
		free(p);
		return NULL;
	}
	if (resize(p, size, &old))
		return p;
	if (size >= WHOLE_LEAST)
		moved = large_allocate(size, PAGE_TABLE, &dirty);
	if (!moved)	/* so large, one that is not aligned may still be had */
		moved = malloc(size);
	if (!moved && size > old)
		return NULL;
	errno = saved;
	if (!moved)
		return p;
	contents_move(moved, p, old < size ? old : size);
	free(p);
	return moved;
}

__attribute__((weak)) void *reallocarray(void *p, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;	/* which nobody can have */
	return realloc(p, bytes);
}

/* A block of a slot whose size is a multiple of the alignment has that alignment, for its slot has.
 * Rounded up for its bin, the size stays one: those steps are powers of two not above the
 * alignment, or divide it. */
static void *allocate_aligned(size_t alignment, size_t size)
{
	size_t rounded = (size + !size + alignment - 1) & -alignment, dirty;

	if (rounded <= SMALL_MOST && size <= SMALL_MOST)
		return bin_take(bin_for(rounded));
	rounded = (size + FENCE + alignment - 1) & -alignment;
	if (rounded <= SLOT_MOST && size <= SLOT_MOST)
		return fenced_allocate(rounded);
	return large_allocate(size, alignment, &dirty);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	if (!alignment || alignment & (alignment - 1)) {
		errno = EINVAL;
		return NULL;
	}
	return allocate_aligned(alignment, size);
}

__attribute__((weak)) void *memalign(size_t alignment, size_t size)
{
	return aligned_alloc(alignment, size);
}

/* The error is the result; errno and, if there is one, *memory stay as they were. */
__attribute__((weak)) int posix_memalign(void **memory, size_t alignment, size_t size)
{
	int saved = errno, error;
	void *p;

	if (alignment < sizeof(void *))
		return EINVAL;
	p = aligned_alloc(alignment, size);
	error = errno;
	errno = saved;
	if (!p)
		return error;
	*memory = p;
	return 0;
}
