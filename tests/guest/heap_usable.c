/* malloc_usable_size: at least what was asked for, not much more, and all of it the caller's. */
#include "heap_calls.h"
#include "test.h"

int main(void)
{
	static unsigned char *blocks[300];

	CHECK_EQ(malloc_usable_size(NULL), 0);
	for (int i = 0; i < 300; i++) {
		size_t size = (size_t)i * i * i / 100, usable;

		blocks[i] = malloc(size);
		usable = malloc_usable_size(blocks[i]);
		CHECK(usable >= size);
		CHECK(usable < size + (size <= 16 << 10 ? size / 8 + 16 : 16));
		memset(blocks[i], i, usable);
	}
	for (int i = 0; i < 300; i++) {
		size_t usable = malloc_usable_size(blocks[i]);

		for (size_t k = 0; k < usable; k++)
			CHECK_EQ(blocks[i][k], i & 0xff);
		free(blocks[i]);
	}
	PASS();
}
