/* A hole in a file takes no room and reads as zeros. */
#include "scratch.h"

int main(void)
{
	char buffer[8];
	struct stat status;

	scratch_enter();
	int fd = open("f", O_CREAT | O_RDWR, 0600);
	CHECK_EQ(pwrite(fd, "end", 3, 1l << 30), 3);
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_EQ(status.st_size, (1l << 30) + 3);
	CHECK(status.st_blocks <= 64);
	CHECK_EQ(pread(fd, buffer, 8, (1l << 30) - 4), 7);
	CHECK(memcmp(buffer, "\0\0\0\0end", 7) == 0);
	CHECK_EQ(pwrite(fd, "mid", 3, 5000000), 3);
	CHECK_EQ(pread(fd, buffer, 5, 4999999), 5);
	CHECK(memcmp(buffer, "\0mid", 5) == 0);
	CHECK_EQ(ftruncate(fd, 5000001), 0);
	CHECK_EQ(ftruncate(fd, 5000003), 0);
	CHECK_EQ(pread(fd, buffer, 5, 4999999), 4);
	CHECK(memcmp(buffer, "\0m\0\0", 4) == 0);
	close(fd);
	CHECK_EQ(unlink("f"), 0);
	scratch_leave();
	PASS();
}
