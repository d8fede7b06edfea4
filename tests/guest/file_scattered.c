/* A file whose pages lie far from each other takes more memory than its pages, and still not more than
 * files may have: half. guest-only: it takes half of the machine's memory. */
#include "frames.h"
#include "mapping.h"

int main(void)
{
	unsigned long before = free_frames(), pages = 0;
	int fd = memfd_create("scattered", 0);

	CHECK(fd >= 0);
	/* Odd multiples of a large odd number, modulo the largest size, lie everywhere. */
	for (unsigned long place = 1; pages < before; pages++) {
		place = place * 0x9e3779b97f4a7c15ul;
		if (pwrite(fd, "x", 1, place >> 2) != 1)
			break;
	}
	CHECK_EQ(errno, ENOSPC);
	CHECK(pages > before / 8);
	CHECK(free_frames() > before / 5 * 2);
	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(pwrite(fd, "x", 1, 0), 1);
	PASS();
}
