/* A shared mapping of a file takes no memory of its own, so it may be larger than the machine's memory; a private one
 * that can be written may not.
 * own-linux: yes
 * guest-only: a Linux machine may have more memory, or be set to another mode of overcommitment. */
#include "test.h"
#include <fcntl.h>
#include <sys/mman.h>

#define TERABYTE	(1ul << 40)

int main(void)
{
	const char *path = scratch_path("large");
	int fd = open(path, O_RDWR | O_CREAT, 0600);
	void *map;

	CHECK(fd >= 0);
	CHECK_EQ(unlink(path), 0);
	map = mmap(NULL, TERABYTE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(map != MAP_FAILED);
	CHECK_EQ(munmap(map, TERABYTE), 0);
	CHECK_ERRNO(mmap(NULL, TERABYTE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0), ENOMEM);
	map = mmap(NULL, TERABYTE, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(map != MAP_FAILED);
	CHECK_EQ(munmap(map, TERABYTE), 0);
	PASS();
}
