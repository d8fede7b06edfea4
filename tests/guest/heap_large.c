/* Large blocks: calloc's are zero, also where others were; those that grow are moved by pages, and
 * shrinking and freeing makes room. */
#include <stdint.h>
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define MIB	((size_t)1 << 20)

int main(void)
{
	unsigned char *blocks[20], *volatile p, *volatile q, *volatile grown;

	for (size_t i = 0; i < 20; i++) {
		blocks[i] = calloc(i + 1, MIB / 4);
		CHECK(blocks[i] != NULL);
		for (size_t k = 0; k < (i + 1) * MIB / 4; k += 65536) {
			CHECK_EQ(blocks[i][k], 0);
			blocks[i][k] = (unsigned char)(i + 1);
		}
	}
	for (size_t i = 0; i < 20; i++)
		for (size_t k = 0; k < (i + 1) * MIB / 4; k += 65536)
			CHECK_EQ(blocks[i][k], i + 1);
	CHECK(get_heap_usage_percent() > 80);
	for (size_t i = 0; i < 20; i++)
		free(blocks[i * 7 % 20]);
	CHECK_EQ(get_allocation_stats().current_usage, 0);

	/* In place, and what is given up serves the next. */
	p = malloc(8 * MIB);
	p[0] = 1;
	p[MIB - 1] = 2;
	CHECK_EQ(realloc(p, MIB), p);
	CHECK(malloc_usable_size(p) < 2 * MIB);
	q = calloc(1, 6 * MIB);
	for (size_t k = 0; k < 6 * MIB; k++)
		CHECK_EQ(q[k], 0);
	memset(q, 3, 6 * MIB);

	/* It moves, with all that is in it; what it leaves is not read as zero by mistake. */
	p = realloc(p, 4 * MIB);
	CHECK(p != NULL && p[0] == 1 && p[MIB - 1] == 2);
	memset(p, 4, 4 * MIB);
	grown = realloc(p, 16 * MIB);
	CHECK(grown != NULL);
	for (size_t k = 0; k < 4 * MIB; k++)
		CHECK_EQ(grown[k], 4);
	free(q);
	for (int i = 0; i < 20; i++) {
		q = calloc(1, MIB + (size_t)i * 100000);
		CHECK(q != NULL);
		for (size_t k = 0; k < MIB + (size_t)i * 100000; k++)
			CHECK_EQ(q[k], 0);
		memset(q, 5, MIB);
		free(q);
	}
	free(grown);
	CHECK_EQ(get_allocation_stats().current_usage, 0);
	PASS();
}
