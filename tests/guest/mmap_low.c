/* Nothing can be mapped in the lowest 64 KiB, so that a NULL pointer never points to anything; a
 * hint there counts as one to the first address that can.
 *
 * guest-only: Linux lets root map there, unless it runs in a container without that privilege. */
#include "mapping.h"

int main(void)
{
	void *lowest = (void *)0x10000;

	CHECK_ERRNO(mmap(NULL, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), EPERM);
	CHECK_ERRNO(mmap(NULL, 64 * PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0), EPERM);
	CHECK_ERRNO(mmap((void *)(15 * PAGE), PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), EPERM);
	CHECK_EQ(mmap((void *)PAGE, PAGE, RW, PRIVATE, -1, 0), lowest);
	CHECK_WRITABLE(lowest);
	CHECK_EQ(munmap(lowest, PAGE), 0);
	CHECK_EQ(mmap(lowest, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), lowest);
	CHECK_NOT_READABLE(NULL);
	PASS();
}
