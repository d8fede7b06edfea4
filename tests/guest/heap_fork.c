/* After fork, parent and child have a heap each: the same blocks, and what one does the other
 * does not see. */
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define BLOCKS	300

static char *blocks[BLOCKS];

static void child(void)
{
	for (int i = 0; i < BLOCKS; i++) {
		CHECK_EQ(blocks[i][0], (char)i);
		blocks[i][0] = 'c';
		free(blocks[i]);
	}
	CHECK_EQ(get_allocation_stats().current_usage, 0);
	for (int i = 0; i < BLOCKS; i++) {
		blocks[i] = malloc(5000);
		CHECK(blocks[i] != NULL);
		memset(blocks[i], 'c', 5000);
	}
}

int main(void)
{
	struct allocation_stats before, after;

	for (int i = 0; i < BLOCKS; i++) {
		blocks[i] = malloc((size_t)i * 10 + 1);
		CHECK(blocks[i] != NULL);
		blocks[i][0] = (char)i;
	}
	before = get_allocation_stats();
	for (int round = 0; round < 3; round++)
		CHECK_EXIT(child, 0);
	after = get_allocation_stats();
	CHECK(!memcmp(&before, &after, sizeof(before)));
	for (int i = 0; i < BLOCKS; i++) {
		CHECK_EQ(blocks[i][0], (char)i);
		free(blocks[i]);
	}
	PASS();
}
