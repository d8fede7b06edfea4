/* Sizes that overflow, or that no object can have, are refused and not wrapped around. */
#include <stdint.h>

#include "heap_calls.h"
#include "test.h"

int main(void)
{
	/* Volatile, so that the compiler does not judge the calls. */
	static volatile size_t all = SIZE_MAX, half = SIZE_MAX / 2, root = (size_t)1 << 32;
	char *volatile block = malloc(50), *volatile large = malloc(1 << 20);
	void *pointer = "as it was", *was = pointer;

	CHECK(block != NULL && large != NULL);
	strcpy(block, "untouched");
	strcpy(large, "untouched");
	CHECK_ERRNO(calloc(root, root), ENOMEM);
	CHECK_ERRNO(calloc(half, 3), ENOMEM);
	CHECK_ERRNO(calloc(2, half + 1), ENOMEM);
	CHECK_ERRNO(reallocarray(block, root, root), ENOMEM);
	CHECK_ERRNO(reallocarray(block, 2, half + 1), ENOMEM);
	for (size_t less = 0; less <= 48; less++) {
		CHECK_ERRNO(malloc(all - less), ENOMEM);
		CHECK_ERRNO(malloc(half - less), ENOMEM);
		CHECK_ERRNO(malloc(half + less), ENOMEM);
		CHECK_ERRNO(calloc(1, all - less), ENOMEM);
		CHECK_ERRNO(realloc(block, all - less), ENOMEM);
		CHECK_ERRNO(realloc(block, half - less), ENOMEM);
		CHECK_ERRNO(realloc(large, all - less), ENOMEM);
		CHECK_ERRNO(realloc(large, half - less), ENOMEM);
		CHECK_ERRNO(aligned_alloc(4096, all - less), ENOMEM);
		CHECK_EQ(posix_memalign(&pointer, 64, half - less), ENOMEM);
	}
	CHECK_EQ(pointer, was);
	CHECK_ERRNO(aligned_alloc(half + 1, 1), ENOMEM);
	CHECK_ERRNO(aligned_alloc(half + 1, half), ENOMEM);
	CHECK_STR(block, "untouched");
	CHECK_STR(large, "untouched");
	CHECK(malloc_usable_size(large) >= 1 << 20);
	free(large);
	block = reallocarray(block, 10, 1000);
	CHECK(block != NULL && malloc_usable_size(block) >= 10000);
	CHECK_STR(block, "untouched");
	free(block);
	PASS();
}
