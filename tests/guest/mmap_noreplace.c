/* MAP_FIXED_NOREPLACE takes just its place or fails with EEXIST, and then nothing has changed. */
#include "mapping.h"

#define NOREPLACE(at, count) \
	mmap(place + (at) * PAGE, (count) * PAGE, PROT_READ, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0)

int main(void)
{
	char *place = free_place(16);

	CHECK_EQ(mmap(place + 4 * PAGE, 4 * PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0),
		place + 4 * PAGE);
	memset(place + 4 * PAGE, 9, 4 * PAGE);

	CHECK_ERRNO(NOREPLACE(4, 4), EEXIST);
	CHECK_ERRNO(NOREPLACE(4, 1), EEXIST);
	CHECK_ERRNO(NOREPLACE(7, 1), EEXIST);
	CHECK_ERRNO(NOREPLACE(5, 2), EEXIST);
	CHECK_ERRNO(NOREPLACE(3, 2), EEXIST);
	CHECK_ERRNO(NOREPLACE(7, 2), EEXIST);
	CHECK_ERRNO(NOREPLACE(0, 16), EEXIST);
	CHECK_ERRNO(mmap(place + 7 * PAGE, 1, PROT_READ, PRIVATE | MAP_FIXED | MAP_FIXED_NOREPLACE,
			    -1, 0),
		EEXIST);
	CHECK_MAPPING(place + 4 * PAGE, 4 * PAGE, "rw-p");
	for (size_t i = 0; i < 4 * PAGE; i++)
		CHECK_EQ(place[4 * PAGE + i], 9);

	CHECK_EQ(NOREPLACE(8, 2), place + 8 * PAGE);
	CHECK_EQ(NOREPLACE(0, 4), place);
	CHECK_MAPPING(place, 4 * PAGE, "r--p");
	CHECK_EQ(munmap(place, 16 * PAGE), 0);
	PASS();
}
