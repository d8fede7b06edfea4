/* Address space without memory: reservations of many GiB cost nothing, and parts of them become
 * memory by mprotect or by mapping over them. */
#include "mapping.h"

#define SIZE	(256 * GIB)

int main(void)
{
	char *space[16];

	for (int i = 0; i < 16; i++) {
		space[i] =
			mmap(NULL, SIZE, PROT_NONE, PRIVATE | (i % 2 ? MAP_NORESERVE : 0), -1, 0);
		CHECK(space[i] != MAP_FAILED);
	}
	CHECK_NOT_READABLE(space[3] + SIZE / 2);
	for (int i = 0; i < 16; i++) {
		char *some = space[i] + i * 7 * GIB + i * PAGE;

		CHECK_EQ(mprotect(some, 4 * PAGE, RW), 0);
		some[0] = some[4 * PAGE - 1] = (char)i;
		CHECK_EQ(mmap(some + GIB, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), some + GIB);
		some[GIB] = (char)-i;
	}
	for (int i = 0; i < 16; i++) {
		char *some = space[i] + i * 7 * GIB + i * PAGE;

		CHECK_EQ(some[0], (char)i);
		CHECK_EQ(some[4 * PAGE - 1], (char)i);
		CHECK_EQ(some[GIB], (char)-i);
		CHECK_NOT_READABLE(some + 4 * PAGE);
		CHECK_EQ(munmap(space[i], SIZE), 0);
	}
	/* Writable, but said not to be meant: also more than any machine has. */
	space[0] = mmap(NULL, 16 * 1024 * GIB, RW, PRIVATE | MAP_NORESERVE, -1, 0);
	CHECK(space[0] != MAP_FAILED);
	for (size_t at = 0; at < 16 * 1024 * GIB; at += 1024 * GIB)
		space[0][at + at / GIB] = 1;
	CHECK_EQ(munmap(space[0], 16 * 1024 * GIB), 0);
	PASS();
}
