/* The heap under libFuzzer: the input is a list of calls, four bytes each, held against a model.
 * Contents are checked at both ends of each block, statistics and the walk after every input; at the
 * end of each everything is freed. mmap, mremap and munmap fail where the input says so.
 *
 *	make fuzz-heap [RUNS=1000000]
 *
 * It is built with the heap's names changed (heap_malloc ...), so that the sanitizers keep their
 * own. */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <synos/heap.h>

#define PLACES	64
#define EDGE	48	/* bytes that are filled and checked at each end */

static struct place {
	unsigned char *p;
	size_t size, usable;
	unsigned char seed;
} places[PLACES];

static size_t live, live_bytes;
static int fails;	/* the call that fails, counted down to 0 */

static int must_fail(void)
{
	return fails && !--fails;
}

void *hooked_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (must_fail()) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

void *hooked_mremap(void *address, size_t old, size_t length, int flags, void *to)
{
	static int times;

	if (must_fail()) {
		/* The kernel may have unmapped it by then. */
		if (times++ % 2)
			munmap(to, length);
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mremap(address, old, length, flags, to);
}

int hooked_munmap(void *address, size_t length)
{
	if (must_fail()) {
		errno = ENOMEM;
		return -1;
	}
	return munmap(address, length);
}

static void check(int condition)
{
	if (!condition)
		__builtin_trap();
}

static size_t edge_of(const struct place *s)
{
	return s->size < 2 * EDGE ? s->size / 2 : EDGE;
}

static void fill(struct place *s)
{
	for (size_t i = 0; i < edge_of(s); i++)
		s->p[i] = s->p[s->size - 1 - i] = (unsigned char)(s->seed + i);
}

/* The lower edge, as far as size goes, of what fill() wrote for a block of s->size. */
static void verify(const struct place *s, const unsigned char *p, size_t size)
{
	size_t edge = edge_of(s);

	for (size_t i = 0; i < edge && i < size; i++)
		check(p[i] == (unsigned char)(s->seed + i));
	for (size_t i = 0; size >= s->size && i < edge; i++)
		check(p[s->size - 1 - i] == (unsigned char)(s->seed + i));
}

static void made(struct place *s, void *p, size_t size, unsigned char seed)
{
	s->p = p;
	s->size = size;
	s->seed = seed;
	s->usable = malloc_usable_size(p);
	check(s->usable >= size);
	live++;
	live_bytes += s->usable;
	fill(s);
}

static void gone(struct place *s)
{
	live--;
	live_bytes -= s->usable;
	s->p = NULL;
}

static void allocate(struct place *s, unsigned kind, size_t size, unsigned char seed)
{
	size_t alignment = (size_t)1 << (seed & 15);
	unsigned char *p = NULL;

	if (kind == 0) {
		p = calloc(1, size);
		for (size_t i = 0; p && i < size; i += 1 + i / 64)
			check(!p[i] && !p[size - 1 - i]);
	} else if (kind == 1) {
		p = aligned_alloc(alignment, size);
		check((uintptr_t)p % alignment == 0);
	} else {
		p = malloc(size);
	}
	check((uintptr_t)p % 16 == 0);
	if (p)
		made(s, p, size, seed);
}

static void resize(struct place *s, size_t size, unsigned char seed)
{
	struct place old = *s;
	unsigned char *p = realloc(s->p, size);

	if (!size) {
		gone(s);
		return;
	}
	verify(&old, p ? p : s->p, p ? size : old.size);
	if (p) {
		gone(s);
		made(s, p, size, seed);
	}
}

static int add(const struct heap_block *block, void *sums)
{
	((size_t *)sums)[0] += block->used != 0;
	((size_t *)sums)[1] += block->used ? block->bytes : 0;
	return 0;
}

static void agrees(void)
{
	struct allocation_stats s = get_allocation_stats();
	size_t sums[2] = { 0, 0 };

	check(s.total_allocations - s.total_deallocations == live);
	check(s.current_usage == live_bytes && s.peak_usage >= live_bytes);
	heap_walk(add, sums);
	check(sums[0] == live && sums[1] == live_bytes);
}

static void call(const uint8_t *d)
{
	struct place *s = &places[d[1] % PLACES];
	size_t size = ((size_t)d[3] << 8 | d[2]) >> (d[0] >> 4);

	if ((d[0] & 15) == 15)
		fails = d[1] % 4;
	else if ((d[0] & 15) == 14)
		heap_trim();
	else if ((d[0] & 15) == 13)
		size <<= 7;
	if (!s->p) {
		allocate(s, d[0] & 3, size, d[1]);
	} else if (d[0] & 8) {
		resize(s, size, d[2]);
	} else {
		verify(s, s->p, s->size);
		free(s->p);
		gone(s);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (; size >= 4; data += 4, size -= 4)
		call(data);
	agrees();
	fails = 0;
	for (struct place *s = places; s < places + PLACES; s++) {
		if (s->p) {
			verify(s, s->p, s->size);
			free(s->p);
			gone(s);
		}
	}
	agrees();
	return 0;
}
