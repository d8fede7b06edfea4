/* The peak is the highest usage there has been: while two blocks overlap, and in a realloc that
 * moves. To the byte, but that the small blocks a thread holds ready count as in use. */
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define READY	8192	/* for one size, after one block of it */

static size_t peak(void)
{
	return get_allocation_stats().peak_usage;
}

int main(void)
{
	void *volatile a, *volatile b, *volatile c;
	size_t a_bytes, b_bytes, highest;

	CHECK_EQ(peak(), 0);
	a = malloc(10000);
	a_bytes = malloc_usable_size(a);
	CHECK_EQ(peak(), a_bytes);
	b = malloc(20000);
	b_bytes = malloc_usable_size(b);
	CHECK_EQ(peak(), a_bytes + b_bytes);
	free(a);
	CHECK_EQ(peak(), a_bytes + b_bytes);
	a = malloc(100);
	CHECK_EQ(peak(), a_bytes + b_bytes);
	free(a);

	/* Both copies are there while the data moves. */
	c = malloc(100000);		/* the room above b */
	highest = b_bytes + malloc_usable_size(c);
	a = realloc(b, 1 << 20);
	CHECK(a != b);
	highest += malloc_usable_size(a);
	CHECK(peak() >= highest && peak() < highest + READY);
	highest = peak();
	a = realloc(a, 1 << 19);
	CHECK_EQ(peak(), highest);
	free(a);
	free(c);
	for (int i = 0; i < 1000; i++) {
		a = malloc(1000);
		free(a);
	}
	CHECK_EQ(peak(), highest);
	CHECK_EQ(get_allocation_stats().current_usage, 0);
	PASS();
}
