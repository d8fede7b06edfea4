/* realloc keeps the data, up to the smaller size: growing, shrinking, in place, moving, from and
 * to large blocks. */
#include "heap_calls.h"
#include "test.h"

static void fill(unsigned char *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		p[i] = (unsigned char)(i * 31 + 7);
}

static void check(const unsigned char *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		CHECK_EQ(p[i], (unsigned char)(i * 31 + 7));
}

static unsigned char *resize(unsigned char *p, size_t old, size_t size)
{
	p = realloc(p, size);
	CHECK(p != NULL);
	check(p, old < size ? old : size);
	fill(p, 0, size);
	return p;
}

int main(void)
{
	static const size_t sizes[] = {
		1, 24, 25, 100, 60, 1000, 5000, 4000, 100000, 300000, 290000, 1000000, 2000000,
		500000, 200000, 3000, 10, 400000, 1,
	};
	unsigned char *p = NULL, *neighbours[32];
	size_t size = 0;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		p = resize(p, size, sizes[i]);
		size = sizes[i];
	}
	/* Step by step, and other blocks in the way. */
	for (int i = 0; i < 32; i++) {
		for (int k = 0; k < 100; k++, size++)
			p = resize(p, size, size + 1);
		neighbours[i] = malloc(size);
		CHECK(neighbours[i] != NULL);
		fill(neighbours[i], 0, size);
	}
	for (int i = 0; i < 32; i++) {
		check(neighbours[i], 101 + 100 * (size_t)i);
		free(neighbours[i]);
	}

	/* A size of 0 frees the block; of no block, it makes one. */
	CHECK(realloc(p, 0) == NULL);
	p = realloc(NULL, 0);
	CHECK(p != NULL);
	free(p);
	PASS();
}
