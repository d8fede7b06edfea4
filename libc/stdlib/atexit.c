/* atexit(3). The functions stand in blocks, of which the first is always there, so that the 32 that
 * the C standard promises need no memory. */
#include <stdlib.h>

#define BLOCK_SIZE 32

struct block {
	struct block *earlier;
	unsigned count;
	void (*function[BLOCK_SIZE])(void);
};

static struct block first_block;
static struct block *block = &first_block;

int atexit(void (*function)(void))
{
	if (block->count == BLOCK_SIZE) {
		struct block *later = malloc(sizeof(*later));

		if (!later)
			return -1;
		later->earlier = block;
		later->count = 0;
		block = later;
	}
	block->function[block->count++] = function;
	return 0;
}

/* The last one registered runs first; one that registers another is followed by that. */
void __atexit_run(void)
{
	for (;;) {
		while (block->count > 0)
			block->function[--block->count]();
		if (!block->earlier)
			return;
		block = block->earlier;
	}
}
