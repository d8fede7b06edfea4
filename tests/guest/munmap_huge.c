/* Huge ranges are unmapped in the time of what is in them, which is nothing or a page here and
 * there. */
#include "mapping.h"

#define SIZE	(8192 * GIB)

int main(void)
{
	for (int round = 0; round < 20; round++) {
		char *space = mmap(NULL, SIZE, RW, PRIVATE | MAP_NORESERVE, -1, 0);

		CHECK(space != MAP_FAILED);
		for (size_t at = 0; at < SIZE; at += 512 * GIB + PAGE)
			space[at] = 1;
		/* First a piece around each other page, then all. */
		for (size_t at = 0; at + 2048 * GIB < SIZE; at += 1024 * GIB + 2 * PAGE)
			CHECK_EQ(munmap(space + (at & -PAGE), GIB), 0);
		CHECK_EQ(munmap(space, SIZE), 0);
		for (int i = 0; i < 20; i++)
			CHECK_EQ(munmap(space, SIZE), 0);
	}
	PASS();
}
