/* The walk over the heap meets every block once, in the order of addresses, and what it sees adds up
 * to what is counted; the histogram, mallinfo2 and trimming agree with it. */
#include <stdint.h>
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define BLOCKS	500

struct sums {
	const char *last;
	size_t used, used_bytes, free, free_bytes;
	const void *sought;
	int found;
};

static int add(const struct heap_block *block, void *argument)
{
	struct sums *s = argument;

	if (block->memory == s->sought)
		s->found += block->used ? 1 : 100;
	if ((const char *)block->memory <= s->last)
		s->found = -1000;
	s->last = block->memory;
	*(block->used ? &s->used : &s->free) += 1;
	*(block->used ? &s->used_bytes : &s->free_bytes) += block->bytes;
	return 0;
}

static int third(const struct heap_block *block, void *argument)
{
	(void)block;
	return ++*(int *)argument == 3 ? 42 : 0;
}

static struct sums walked(const void *sought)
{
	struct sums s = { .sought = sought };

	CHECK_EQ(heap_walk(add, &s), 0);
	return s;
}

static void agrees(void)
{
	struct sums s = walked(NULL);
	struct allocation_stats stats = get_allocation_stats();
	struct mallinfo2 info = mallinfo2();
	size_t counts[HEAP_HISTOGRAM], all = 0;

	CHECK_EQ(s.found, 0);
	CHECK_EQ(s.used, stats.total_allocations - stats.total_deallocations);
	CHECK_EQ(s.used_bytes, stats.current_usage);
	CHECK_EQ(info.uordblks + info.hblkhd, s.used_bytes);
	CHECK_EQ(info.fordblks, s.free_bytes);
	CHECK_EQ(info.ordblks, s.free);
	CHECK(info.arena >= info.uordblks + info.fordblks);
	heap_histogram(counts);
	for (int i = 0; i < HEAP_HISTOGRAM; i++)
		all += counts[i];
	CHECK_EQ(all, s.used);
}

int main(void)
{
	static void *blocks[BLOCKS];
	size_t counts[HEAP_HISTOGRAM];
	int steps = 0;

	agrees();
	for (int i = 0; i < BLOCKS; i++) {
		blocks[i] = malloc((size_t)i * i * 3);
		CHECK(blocks[i] != NULL);
		memset(blocks[i], i, (size_t)i * i * 3);
	}
	agrees();
	for (int i = 0; i < BLOCKS; i += 7)
		CHECK_EQ(walked(blocks[i]).found, 1);
	CHECK_EQ(heap_walk(third, &steps), 42);
	CHECK_EQ(steps, 3);

	for (int i = 0; i < BLOCKS; i += 2) {
		free(blocks[i]);
		CHECK(i % 50 || walked(blocks[i]).found != 1);
	}
	agrees();
	heap_histogram(counts);
	CHECK_EQ(counts[0], 0);		/* the block of malloc(0) was the first */
	for (int i = 1; i < BLOCKS; i += 2)
		free(blocks[i]);
	agrees();

	/* Everything goes back, and then there is nothing more. */
	CHECK(heap_trim());
	CHECK_EQ(heap_trim(), 0);
	CHECK_EQ(malloc_trim(0), 0);
	CHECK_EQ(walked(NULL).used + walked(NULL).free, 0);
	CHECK_EQ(mallinfo2().uordblks, 0);
	blocks[0] = malloc(100);
	CHECK_EQ(walked(blocks[0]).found, 1);
	free(blocks[0]);
	PASS();
}
