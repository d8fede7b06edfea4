/* malloc and free: blocks are aligned, hold what is written, and do not overlap; freed memory is
 * used again. */
#include <stdint.h>

#include "heap_calls.h"
#include "test.h"

#define BLOCKS	200

static unsigned char *blocks[BLOCKS];

static size_t size_of(int i)
{
	return (size_t)i * i + 1;
}

int main(void)
{
	void *volatile p, *volatile q;
	char *lowest, *highest;

	for (int i = 0; i < BLOCKS; i++) {
		blocks[i] = malloc(size_of(i));
		CHECK(blocks[i] != NULL);
		CHECK_EQ((uintptr_t)blocks[i] % 16, 0);
		memset(blocks[i], i, size_of(i));
	}
	for (int i = 0; i < BLOCKS; i++)
		for (size_t k = 0; k < size_of(i); k++)
			CHECK_EQ(blocks[i][k], i);
	for (int i = 0; i < BLOCKS; i += 2)
		free(blocks[i]);
	for (int i = 1; i < BLOCKS; i += 2) {
		for (size_t k = 0; k < size_of(i); k++)
			CHECK_EQ(blocks[i][k], i);
		free(blocks[i]);
	}

	/* The smallest requests are blocks too. */
	p = malloc(0);
	q = malloc(0);
	CHECK(p && q && p != q);
	free(p);
	free(q);
	free(NULL);

	/* A thousand turns of one block do not take a thousand places. */
	lowest = highest = malloc(100);
	free(lowest);
	for (int i = 0; i < 1000; i++) {
		char *again = malloc(100);

		lowest = again < lowest ? again : lowest;
		highest = again > highest ? again : highest;
		free(again);
	}
	CHECK(highest - lowest < 16384);
	PASS();
}
