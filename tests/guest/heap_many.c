/* Many allocations: thousands of blocks of many sizes live at once, replaced and freed in
 * scrambled order, each with its contents; at the end nothing is counted as in use. */
#include <stdint.h>
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define BLOCKS	8192
#define ROUNDS	60000

static struct {
	uint32_t *words;
	uint32_t count;
} blocks[BLOCKS];

static uint32_t random_next(void)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 32);
}

static void block_make(uint32_t i)
{
	uint32_t count = 1 + random_next() % (2u << random_next() % 8);

	blocks[i].words = malloc(count * sizeof(uint32_t));
	CHECK(blocks[i].words != NULL);
	blocks[i].count = count;
	for (uint32_t k = 0; k < count; k++)
		blocks[i].words[k] = i * 2654435761u + k;
}

static void block_end(uint32_t i)
{
	for (uint32_t k = 0; k < blocks[i].count; k++)
		CHECK_EQ(blocks[i].words[k], i * 2654435761u + k);
	free(blocks[i].words);
}

int main(void)
{
	struct allocation_stats stats;

	for (uint32_t i = 0; i < BLOCKS; i++)
		block_make(i);
	for (int round = 0; round < ROUNDS; round++) {
		uint32_t i = random_next() % BLOCKS;

		block_end(i);
		block_make(i);
	}
	/* 4099 is odd, so this meets every block once. */
	for (uint32_t i = 0; i < BLOCKS; i++)
		block_end(i * 4099 % BLOCKS);
	stats = get_allocation_stats();
	CHECK_EQ(stats.total_allocations, BLOCKS + ROUNDS);
	CHECK_EQ(stats.total_deallocations, BLOCKS + ROUNDS);
	CHECK_EQ(stats.current_usage, 0);
	PASS();
}
