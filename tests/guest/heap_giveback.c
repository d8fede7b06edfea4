/* Memory goes back to the kernel. What the heap holds is seen through the percentage: one block
 * of 16 MiB, never touched, stays in use throughout, and the rest of what is mapped is what the
 * heap keeps. */
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define KEPT	(16 << 20)
#define BLOCKS	20000
#define SIZE	600

static void *blocks[BLOCKS];

static void allocate_all(void)
{
	for (int i = 0; i < BLOCKS; i++) {
		blocks[i] = malloc(SIZE);
		CHECK(blocks[i] != NULL);
		memset(blocks[i], 1, SIZE);
	}
}

int main(void)
{
	void *volatile kept = malloc(KEPT), *volatile large;
	void *survivor;

	CHECK(get_heap_usage_percent() > 90);
	for (int round = 0; round < 3; round++) {
		allocate_all();
		CHECK(get_heap_usage_percent() > 80);
		for (int i = 0; i < BLOCKS; i++)
			free(blocks[i * 7919 % BLOCKS]);
		/* No more than one segment is kept. */
		CHECK(get_heap_usage_percent() >= 75);
	}

	/* One block that stays keeps one more, no more. */
	allocate_all();
	survivor = blocks[BLOCKS / 2];
	for (int i = 0; i < BLOCKS; i++)
		if (blocks[i] != survivor)
			free(blocks[i]);
	CHECK(get_heap_usage_percent() >= 62);
	free(survivor);
	CHECK(get_heap_usage_percent() >= 75);

	large = malloc(64 << 20);
	CHECK(get_heap_usage_percent() >= 90);
	free(large);
	CHECK(get_heap_usage_percent() >= 75);
	free(kept);
	CHECK_EQ(get_heap_usage_percent(), 0);
	CHECK_EQ(get_allocation_stats().current_usage, 0);
	PASS();
}
