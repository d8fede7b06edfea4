/* The functions of malloc(3) and posix_memalign(3) over block.h. What the standards leave open:
 *
 *	malloc(0), calloc(0, n), realloc(NULL, 0)	a block of its own, to be freed
 *	realloc(p, 0), p not NULL			frees p and returns NULL, errno as it was
 *	alignment not a power of two			EINVAL
 *	more than PTRDIFF_MAX bytes			ENOMEM */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "block.h"

#define MOVE_LEAST	FENCED			/* bytes that are worth a system call */
#define PAGE_TABLE	((size_t)2 << 20)	/* bytes that one maps: it can be moved whole */
#define WHOLE_LEAST	((size_t)1 << 20)	/* bytes that are aligned so when they grow */
#define FRESH_LEAST	((size_t)32 << 20)	/* bytes that fresh pages are rather than clearing */

/* A block that is not small. Beyond *dirty it is zero. */
static __attribute__((noinline)) void *allocate(size_t size, size_t *dirty)
{
	if (size > SLOT_MOST - FENCE)
		return __heap_large_allocate(size, HEAP_ALIGN, dirty);
	*dirty = size;
	return __heap_fenced_allocate(size + FENCE);
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
	s = __heap_find(p);
	if (s->kind == SPAN_LARGE)
		__heap_large_free(s);
	else
		__heap_small_free(s, p);
}

void free(void *p)
{
	if (__builtin_expect(!heap_small_free(p), 0))
		free_slowly(p);
}

/* Much that is not known to be zero is made of fresh pages, which appear when they are used. */
static __attribute__((noinline)) void *calloc_rest(size_t size)
{
	size_t dirty, fresh;
	char *p = allocate(size, &dirty);

	if (!p)
		return NULL;
	dirty = dirty < size ? dirty : size;
	fresh = dirty >= FRESH_LEAST ? dirty & -(size_t)HEAP_PAGE : 0;
	if (fresh && !__heap_pages_drop(p, fresh))
		fresh = 0;
	memset(p + fresh, 0, dirty - fresh);
	return p;
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

size_t malloc_usable_size(void *p)
{
	return p ? block_usable(__heap_find(p)) : 0;
}

/* Makes p hold size bytes where it is; false, and nothing is changed, if it has to move. *old is
 * what it had. What would be twice too large for its place moves too. */
static bool resize(void *p, size_t size, size_t *old)
{
	struct span *s = __heap_find(p);

	*old = block_usable(s);
	if (s->kind == SPAN_LARGE)
		return size > SLOT_MOST / 2 && __heap_large_resize(s, size);
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
		moved = __heap_large_allocate(size, PAGE_TABLE, &dirty);
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

void *reallocarray(void *p, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;	/* which nobody can have */
	return realloc(p, bytes);
}

/* A block of a slot whose size is a multiple of the alignment has that alignment, for its slot has.
 * Rounded up for its bin, the size stays one: those steps are powers of two not above the
 * alignment, or divide it. */
static __attribute__((noinline)) void *allocate_aligned_fenced(size_t alignment, size_t size)
{
	size_t rounded = (size + FENCE + alignment - 1) & -alignment, dirty;

	if (size > SLOT_MOST || rounded > SLOT_MOST)
		return __heap_large_allocate(size, alignment, &dirty);
	return __heap_fenced_allocate(rounded);
}

static void *allocate_aligned(size_t alignment, size_t size)
{
	size_t rounded = (size + !size + alignment - 1) & -alignment;

	if (rounded > SMALL_MOST || size > SMALL_MOST)
		return allocate_aligned_fenced(alignment, size);
	return bin_take(bin_for(rounded));
}

void *aligned_alloc(size_t alignment, size_t size)
{
	if (!alignment || alignment & (alignment - 1)) {
		errno = EINVAL;
		return NULL;
	}
	return allocate_aligned(alignment, size);
}

void *memalign(size_t alignment, size_t size)
{
	return aligned_alloc(alignment, size);
}

/* The error is the result; errno and, if there is one, *memory stay as they were. */
int posix_memalign(void **memory, size_t alignment, size_t size)
{
	int saved = errno, error;
	void *p = alignment < sizeof(void *) ? NULL : aligned_alloc(alignment, size);

	error = p ? 0 : alignment < sizeof(void *) ? EINVAL : errno;
	errno = saved;
	if (p)
		*memory = p;
	return error;
}
