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

#include "glue.h"
#include "heap.h"
#include "small.h"

#define MALLOC_ALIGN	_Alignof(max_align_t)
#define MOVE_LEAST	((size_t)128 << 10)	/* bytes that are worth a system call */

static __attribute__((noinline)) void *allocate_large(size_t size)
{
	size_t dirty;

	return __heap_allocate(size, MALLOC_ALIGN, &dirty);
}

void *malloc(size_t size)
{
	size_t offset = bin_offset(size);

	if (offset == NOT_SMALL)
		return allocate_large(size);
	return bin_take(bin_at(__heap_mine, offset));
}

static __attribute__((noinline)) void free_slowly(void *p)
{
	struct slot *s;

	if (!p)
		return;
	s = __heap_small_find(p);
	if (s)
		__heap_small_free(s, p);
	else
		__heap_free(p);
}

void free(void *p)
{
	if (__builtin_expect(!heap_small_free(p), 0))
		free_slowly(p);
}

void *calloc(size_t count, size_t size)
{
	size_t bytes, dirty, offset;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;	/* which nobody can have */
	offset = bin_offset(bytes);
	if (offset != NOT_SMALL) {
		p = bin_take(bin_at(__heap_mine, offset));
		dirty = bytes;
	} else {
		p = __heap_allocate(bytes, MALLOC_ALIGN, &dirty);
	}
	return p ? memset(p, 0, dirty < bytes ? dirty : bytes) : NULL;
}

size_t malloc_usable_size(void *p)
{
	struct slot *s;

	if (!p)
		return 0;
	s = __heap_small_find(p);
	return s ? slot_usable(s) : __heap_usable(p);
}

/* Whether p can have size bytes where it is; *old is what it had. A small block stays if at least
 * half of it is used. */
static bool resize(void *p, size_t size, size_t *old)
{
	struct slot *s = __heap_small_find(p);

	if (!s)
		return __heap_resize(p, size, old);
	*old = slot_usable(s);
	return size <= *old && size >= *old / 2;
}

/* The whole pages of a large block are moved by the kernel, if they can be. */
static void contents_move(char *to, char *from, size_t bytes)
{
	size_t head = -(uintptr_t)from % HEAP_PAGE, pages = (bytes - head) & -(size_t)HEAP_PAGE;

	if (bytes < MOVE_LEAST || (to - from) % HEAP_PAGE ||
	    !__heap_pages_move(to + head, from + head, pages)) {
		memcpy(to, from, bytes);
	} else {
		memcpy(to, from, head);
		memcpy(to + head + pages, from + head + pages, bytes - head - pages);
	}
}

void *realloc(void *p, size_t size)
{
	size_t old, dirty;
	void *moved;

	if (!p)
		return malloc(size);
	if (!size) {
		free(p);
		return NULL;
	}
	if (resize(p, size, &old))
		return p;
	if (size <= SMALL_MOST)
		moved = malloc(size);
	else
		moved = __heap_allocate(size, MALLOC_ALIGN, &dirty);
	if (!moved)
		return size <= old ? p : NULL;
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

static bool power_of_two(size_t n)
{
	return n && !(n & (n - 1));
}

/* A small block whose size is a multiple of the alignment has that alignment, for its slot has.
 * Rounded up for its bin, the size stays one: those steps are powers of two not above the
 * alignment, or divide it. */
static void *allocate_aligned(size_t alignment, size_t size)
{
	size_t rounded = (size + alignment - 1) & -alignment, dirty;
	size_t offset = bin_offset(rounded ? rounded : alignment);

	if (offset != NOT_SMALL && rounded >= size)
		return bin_take(bin_at(__heap_mine, offset));
	return __heap_allocate(size, alignment, &dirty);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	if (!power_of_two(alignment)) {
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
	int saved = errno;
	void *p;

	if (alignment < sizeof(void *) || !power_of_two(alignment))
		return EINVAL;
	p = allocate_aligned(alignment, size);
	errno = saved;
	if (!p)
		return ENOMEM;
	*memory = p;
	return 0;
}
