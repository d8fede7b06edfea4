/* The statistics count every call exactly, in usable bytes. */
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

static struct allocation_stats before;

/* What was counted since the last call. */
static void expect(size_t allocations, size_t deallocations, size_t allocated, size_t freed)
{
	struct allocation_stats now = get_allocation_stats();

	CHECK_EQ(now.total_allocations - before.total_allocations, allocations);
	CHECK_EQ(now.total_deallocations - before.total_deallocations, deallocations);
	CHECK_EQ(now.bytes_allocated - before.bytes_allocated, allocated);
	CHECK_EQ(now.bytes_freed - before.bytes_freed, freed);
	CHECK_EQ(now.current_usage, now.bytes_allocated - now.bytes_freed);
	CHECK(now.peak_usage >= now.current_usage);
	before = now;
}

/* malloc_stats says the same on standard error, and counts nothing by it. */
static void printed(void)
{
	char text[400], line[100];
	int ends[2], saved = dup(STDERR_FILENO);
	ssize_t length;

	CHECK_EQ(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	malloc_stats();
	dup2(saved, STDERR_FILENO);
	length = read(ends[0], text, sizeof(text) - 1);
	CHECK(length > 0);
	text[length] = '\0';
	snprintf(line, sizeof(line), "allocations %zu, deallocations %zu\n",
		 before.total_allocations, before.total_deallocations);
	CHECK(strstr(text, line) != NULL);
	expect(0, 0, 0, 0);
}

int main(void)
{
	void *volatile p;
	void *aligned;
	size_t usable, old;

	before = get_allocation_stats();
	CHECK_EQ(before.total_allocations, 0);
	CHECK_EQ(get_heap_usage_percent(), 0);

	p = malloc(100);
	usable = malloc_usable_size(p);
	CHECK(usable >= 100 && usable < 132);
	expect(1, 0, usable, 0);
	CHECK_EQ(get_heap_usage_percent(), 0);

	/* To a large block: it moves. */
	old = usable;
	p = realloc(p, 3 << 20);
	usable = malloc_usable_size(p);
	expect(1, 1, usable, old);
	CHECK(get_heap_usage_percent() > 30);

	/* Smaller, in place. */
	old = usable;
	p = realloc(p, 1 << 20);
	usable = malloc_usable_size(p);
	CHECK(usable < old);
	expect(0, 0, 0, old - usable);

	free(p);
	expect(0, 1, 0, usable);
	free(NULL);
	expect(0, 0, 0, 0);

	/* In place both ways, in a span. */
	p = malloc(20000);
	old = malloc_usable_size(p);
	expect(1, 0, old, 0);
	CHECK_EQ(realloc(p, 40000), p);
	usable = malloc_usable_size(p);
	expect(0, 0, usable - old, 0);
	CHECK_EQ(realloc(p, 20000), p);
	expect(0, 0, 0, usable - malloc_usable_size(p));
	usable = malloc_usable_size(p);

	CHECK_EQ(posix_memalign(&aligned, 4096, 50), 0);
	expect(1, 0, malloc_usable_size(aligned), 0);
	old = malloc_usable_size(aligned);
	free(aligned);
	free(p);
	expect(0, 2, 0, usable + old);

	printed();

	/* What fails is not counted. */
	CHECK(malloc((size_t)1 << 50) == NULL);
	expect(0, 0, 0, 0);
	CHECK_EQ(before.current_usage, 0);
	CHECK_EQ(get_heap_usage_percent(), 0);
	PASS();
}
