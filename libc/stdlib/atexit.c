/* atexit(3). The functions stand in blocks, of which the first is always there, so that the 32 that
 * the C standard promises need no memory. */
#include <stdlib.h>

#include "lock.h"

#define BLOCK_SIZE 32

struct block {
	struct block *earlier;
	unsigned count;
	void (*function[BLOCK_SIZE])(void);
};

static struct block first_block;
static struct block *block = &first_block;

int __atexit_lock;

static int add(void (*function)(void))
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

int atexit(void (*function)(void))
{
	int result;

	lock(&__atexit_lock);
	result = add(function);
	unlock(&__atexit_lock);
	return result;
}

/* The last one registered, which is not any more. */
static void (*take(void))(void)
{
	void (*function)(void) = NULL;

	lock(&__atexit_lock);
	if (block->count == 0 && block->earlier)
		block = block->earlier;
	if (block->count > 0)
		function = block->function[--block->count];
	unlock(&__atexit_lock);
	return function;
}

/* The last one registered runs first; one that registers another is followed by that. */
void __atexit_run(void)
{
	void (*function)(void);

	while ((function = take()))
		function();
}
