/* The peak is the highest usage there has been: while two blocks overlap, and in a realloc that
 * moves. To the byte for large blocks; of small ones, what a thread holds ready counts as in use. */
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define READY	4096	/* at most, of one small size, after one block of it */

static size_t peak(void)
{
	return get_allocation_stats().peak_usage;
}

/* The true value is never more. */
static void check_peak(size_t highest, size_t ready)
{
	CHECK(peak() >= highest);
	CHECK(peak() <= highest + ready);
}

static void check_large(void)
{
	char *volatile a = malloc(20000), *volatile b = malloc(100000), *volatile moved;
	size_t a_bytes = malloc_usable_size(a), highest = a_bytes + malloc_usable_size(b);

	check_peak(highest, 0);
	free(b);
	check_peak(highest, 0);
	b = malloc(90000);
	check_peak(highest, 0);

	/* Both copies are there while the data moves. */
	moved = realloc(a, 1 << 20);
	CHECK(moved != a);
	highest = malloc_usable_size(b) + malloc_usable_size(moved) + a_bytes;
	check_peak(highest, 0);
	moved = realloc(moved, 1 << 19);
	free(moved);
	free(b);
	check_peak(highest, 0);
	CHECK_EQ(get_allocation_stats().current_usage, 0);
}

static void check_small(void)
{
	static char *blocks[1000];
	size_t highest = 0;

	for (int i = 0; i < 1000; i++) {
		blocks[i] = malloc(1000);
		highest += malloc_usable_size(blocks[i]);
		check_peak(highest, 0);		/* no more than ever was handed out */
	}
	for (int i = 0; i < 1000; i++)
		free(blocks[i]);
	check_peak(highest, 0);
	for (int i = 0; i < 1000; i++) {
		char *volatile a = malloc(1000);

		free(a);
	}
	check_peak(highest, READY);
	CHECK_EQ(get_allocation_stats().current_usage, 0);
}

int main(void)
{
	CHECK_EQ(peak(), 0);
	CHECK_EXIT(check_large, 0);
	CHECK_EXIT(check_small, 0);
	PASS();
}
