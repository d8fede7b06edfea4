/* When there is no memory: NULL and ENOMEM, the old block of a failed realloc untouched, and the
 * heap works on. */
#include "heap_calls.h"
#include "test.h"

#define HUGE	((size_t)1 << 40)

static void address_space_runs_out(void)
{
	static void *blocks[200];
	int count = 0;

	/* Not touched; a kernel that does not refuse the first has no more than 127 of them to
	 * give. */
	while (count < 200 && (blocks[count] = malloc(HUGE)))
		count++;
	CHECK(count < 200);
	CHECK_EQ(errno, ENOMEM);
	CHECK_ERRNO(calloc(1, HUGE), ENOMEM);
	CHECK_ERRNO(aligned_alloc(4096, HUGE), ENOMEM);
	while (count)
		free(blocks[--count]);
}

int main(void)
{
	void *volatile block = malloc(1000), *volatile large = malloc(1 << 20);

	CHECK(block && large);
	memset(block, 'b', 1000);
	memset(large, 'l', 1 << 20);
	CHECK_ERRNO(malloc((size_t)1 << 47), ENOMEM);
	CHECK_ERRNO(realloc(block, (size_t)1 << 47), ENOMEM);
	CHECK_ERRNO(realloc(large, (size_t)1 << 47), ENOMEM);
	address_space_runs_out();
	for (int i = 0; i < 1000; i++)
		CHECK_EQ(((char *)block)[i], 'b');
	for (int i = 0; i < 1 << 20; i++)
		CHECK_EQ(((char *)large)[i], 'l');
	for (int i = 0; i < 100; i++) {
		void *again = malloc((size_t)1 << (i % 22));

		CHECK(again != NULL);
		memset(again, 1, (size_t)1 << (i % 22));
		free(again);
	}
	free(block);
	free(large);
	PASS();
}
