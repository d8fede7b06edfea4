/* Programs' memory and files do not get the last frames, so the kernel can go on when these have taken all:
 * pipes are made and written, processes and areas are, while a file finds no room.
 * guest-only: it takes all memory of the machine. */
#include "frames.h"
#include "mapping.h"

#define PIPES	8

int main(void)
{
	int ends[PIPES][2], fd = memfd_create("reserve", 0);
	char *place = mmap(NULL, 100 * PAGE, PROT_NONE, PRIVATE, -1, 0);
	size_t size = (free_frames() + 1000) * PAGE;

	CHECK(fd >= 0 && place != MAP_FAILED);
	memset(ends, 0, sizeof(ends));
	/* As far as memory goes, which ends nobody. */
	char *memory = mmap(NULL, size, RW, PRIVATE | MAP_NORESERVE | MAP_POPULATE, -1, 0);
	CHECK(memory != MAP_FAILED);
	unsigned long left = free_frames();
	CHECK(left >= 16 && left < 400);

	for (int i = 0; i < PIPES; i++) {
		CHECK_EQ(pipe(ends[i]), 0);
		CHECK_EQ(write(ends[i][1], "x", 1), 1);
	}
	for (int i = 0; i < 100; i += 2)
		CHECK_EQ(mprotect(place + i * PAGE, PAGE, PROT_READ), 0);
	CHECK(free_frames() < left);
	CHECK_EQ(write(fd, "x", 1), -1);
	CHECK(errno == ENOMEM || errno == ENOSPC);

	CHECK_EQ(munmap(memory, size), 0);
	CHECK_EQ(write(fd, "x", 1), 1);
	PASS();
}
