/* Memory goes back to the kernel: what is resident after everything, or nearly everything, was freed
 * is not much more than before. */
#include <synos/heap.h>

#include "heap_calls.h"
#include "heap_resident.h"
#include "test.h"

#define BLOCKS	20000
#define SIZE	600
#define ALL_KIB	(BLOCKS / 1024 * SIZE)
#define KEPT	(2 << 10)	/* KiB */

static void *blocks[BLOCKS];
static long before;

static void allocate_all(void)
{
	for (int i = 0; i < BLOCKS; i++) {
		blocks[i] = malloc(SIZE);
		CHECK(blocks[i] != NULL);
		memset(blocks[i], 1, SIZE);
	}
	CHECK(resident() > before + ALL_KIB);
}

int main(void)
{
	void *survivor;
	char *volatile large;

	memset(blocks, 1, sizeof(blocks));
	before = resident();
	for (int round = 0; round < 3; round++) {
		allocate_all();
		for (int i = 0; i < BLOCKS; i++)
			free(blocks[i * 7919 % BLOCKS]);
		CHECK(resident() < before + KEPT);
	}

	/* One block that stays does not keep much. */
	allocate_all();
	survivor = blocks[BLOCKS / 2];
	for (int i = 0; i < BLOCKS; i++)
		if (blocks[i] != survivor)
			free(blocks[i]);
	CHECK(resident() < before + KEPT);
	free(survivor);

	large = malloc(32 << 20);
	memset(large, 1, 32 << 20);
	CHECK(resident() > before + (32 << 10));
	free(large);
	CHECK(resident() < before + KEPT);

	/* heap_trim leaves nothing. */
	CHECK(heap_trim());
	CHECK(!heap_trim());
	CHECK_EQ(get_heap_usage_percent(), 0);
	CHECK_EQ(get_allocation_stats().current_usage, 0);
	CHECK_EQ(mallinfo2().arena, 0);
	PASS();
}
