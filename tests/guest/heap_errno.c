/* free leaves errno alone, whatever it has to do; so does an allocation that succeeds. */
#include "heap_calls.h"
#include "test.h"

int main(void)
{
	static void *blocks[5000];

	errno = 1234;
	for (int i = 0; i < 5000; i++) {
		blocks[i] = i % 1000 ? malloc(2000) : calloc(1, 1 << 20);
		CHECK(blocks[i] != NULL);
	}
	CHECK_EQ(errno, 1234);
	for (int i = 0; i < 5000; i++) {
		free(blocks[i]);
		CHECK_EQ(errno, 1234);
	}
	blocks[0] = aligned_alloc(1 << 20, 1 << 20);
	blocks[0] = realloc(blocks[0], 2 << 20);
	blocks[0] = realloc(blocks[0], 100);
	CHECK(blocks[0] != NULL);
	CHECK_EQ(errno, 1234);
	CHECK(realloc(blocks[0], 0) == NULL);
	free(NULL);
	CHECK_EQ(errno, 1234);
	PASS();
}
