/* calloc: zeros, whether the memory is fresh, was used by a block of any size, or by several. */
#include "heap_calls.h"
#include "test.h"

static int is_zero(const unsigned char *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (p[i])
			return 0;
	return 1;
}

static void dirty_then_zero(size_t size, size_t pieces)
{
	unsigned char *p[16];

	for (size_t i = 0; i < pieces; i++) {
		p[i] = malloc(size / pieces);
		CHECK(p[i] != NULL);
		memset(p[i], 0xff, size / pieces);
	}
	for (size_t i = 0; i < pieces; i++)
		free(p[i]);
	p[0] = calloc(size / 8, 8);
	p[1] = calloc(1, size * 2);
	CHECK(p[0] && p[1]);
	CHECK(is_zero(p[0], size / 8 * 8));
	CHECK(is_zero(p[1], size * 2));
	free(p[0]);
	free(p[1]);
}

int main(void)
{
	void *empty;

	for (size_t size = 1; size <= 1 << 20; size = size * 3 / 2 + 1)
		for (size_t pieces = 1; pieces <= 16; pieces *= 4)
			dirty_then_zero(size, pieces);
	empty = calloc(0, 8);
	CHECK(empty != NULL);
	free(empty);
	PASS();
}
