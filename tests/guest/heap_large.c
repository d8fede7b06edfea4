/* Large blocks have pages of their own: fresh ones are zero, shrinking gives pages back, and
 * freeing gives back all. */
#include <stdint.h>
#include <synos/heap.h>

#include "heap_calls.h"
#include "test.h"

#define MIB	((size_t)1 << 20)

int main(void)
{
	unsigned char *blocks[20], *volatile p;

	for (size_t i = 0; i < 20; i++) {
		blocks[i] = malloc((i + 1) * MIB / 4);
		CHECK(blocks[i] != NULL);
		for (size_t k = 0; k < (i + 1) * MIB / 4; k += 65536) {
			CHECK_EQ(blocks[i][k], 0);
			blocks[i][k] = (unsigned char)(i + 1);
		}
	}
	for (size_t i = 0; i < 20; i++)
		for (size_t k = 0; k < (i + 1) * MIB / 4; k += 65536)
			CHECK_EQ(blocks[i][k], i + 1);
	CHECK_EQ(get_heap_usage_percent(), 100);
	for (size_t i = 0; i < 20; i++)
		free(blocks[i * 7 % 20]);
	CHECK_EQ(get_allocation_stats().current_usage, 0);

	p = malloc(8 * MIB);
	p[0] = 1;
	p[MIB - 1] = 2;
	CHECK_EQ(realloc(p, MIB), p);
	CHECK_EQ(malloc_usable_size(p), MIB);
	CHECK_EQ(get_heap_usage_percent(), 100);
	p = realloc(p, 4 * MIB);
	CHECK(p != NULL && p[0] == 1 && p[MIB - 1] == 2 && p[MIB] == 0);
	free(p);
	PASS();
}
