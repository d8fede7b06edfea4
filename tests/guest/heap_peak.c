/* The peak is the highest usage there has been, to the byte: while two blocks overlap, and in a
 * realloc that moves. */
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

static size_t peak(void)
{
	return get_allocation_stats().peak_usage;
}

int main(void)
{
	void *volatile a, *volatile b;
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
	a = realloc(b, 1 << 20);
	highest = b_bytes + malloc_usable_size(a);
	CHECK_EQ(peak(), highest);
	a = realloc(a, 1 << 19);
	CHECK_EQ(peak(), highest);
	free(a);
	for (int i = 0; i < 1000; i++) {
		a = malloc(1000);
		free(a);
	}
	CHECK_EQ(peak(), highest);
	CHECK_EQ(get_allocation_stats().current_usage, 0);
	PASS();
}
