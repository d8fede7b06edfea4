/* The functions of malloc(3) and posix_memalign(3) over heap.h. What the standards leave open:
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

#include "heap.h"

#define MALLOC_ALIGN	_Alignof(max_align_t)

void *malloc(size_t size)
{
	return __heap_allocate(size, MALLOC_ALIGN, NULL);
}

void free(void *p)
{
	if (p)
		__heap_free(p);
}

void *calloc(size_t count, size_t size)
{
	size_t bytes, dirty;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;	/* which nobody can have */
	p = __heap_allocate(bytes, MALLOC_ALIGN, &dirty);
	return p ? memset(p, 0, dirty < bytes ? dirty : bytes) : NULL;
}

/* A large block that grows is likely to grow again, and has to move each time: it gets an eighth
 * more than was asked for, if there is as much, in pages that cost nothing until they are used. */
static void *allocate_to_grow(size_t old, size_t size)
{
	void *p = NULL;

	if (size > old && size >= HEAP_LARGE_LEAST && size <= PTRDIFF_MAX)
		p = malloc(size + size / 8);
	return p ? p : malloc(size);
}

void *realloc(void *p, size_t size)
{
	size_t old;
	void *moved;

	if (!p)
		return malloc(size);
	if (!size) {
		free(p);
		return NULL;
	}
	if (__heap_resize(p, size, &old))
		return p;
	moved = allocate_to_grow(old, size);
	if (!moved)
		return size <= old ? p : NULL;
	memcpy(moved, p, old < size ? old : size);
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

static bool power_of_two(size_t n)
{
	return n && !(n & (n - 1));
}

void *aligned_alloc(size_t alignment, size_t size)
{
	if (!power_of_two(alignment)) {
		errno = EINVAL;
		return NULL;
	}
	return __heap_allocate(size, alignment, NULL);
}

void *memalign(size_t alignment, size_t size)
{
	return aligned_alloc(alignment, size);
}

/* The error is the result; errno and, if there is one, *memory stay as they were. */
int posix_memalign(void **memory, size_t alignment, size_t size)
{
	int saved = errno;
	void *p;

	if (alignment < sizeof(void *) || !power_of_two(alignment))
		return EINVAL;
	p = __heap_allocate(size, alignment, NULL);
	errno = saved;
	if (!p)
		return ENOMEM;
	*memory = p;
	return 0;
}

size_t malloc_usable_size(void *p)
{
	return p ? __heap_usable(p) : 0;
}
