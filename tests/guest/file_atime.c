/* The time of access moves with the first read after a change, and O_NOATIME leaves it. */
#define _GNU_SOURCE
#include "scratch.h"

int main(void)
{
	struct timespec old[2] = { { 1000, 0 }, { 2000, 0 } };
	char byte;

	scratch_enter();
	make_file("f", "x");
	CHECK_EQ(utimensat(AT_FDCWD, "f", old, 0), 0);
	int fd = open("f", O_RDONLY | O_NOATIME);
	CHECK(fd >= 0);
	CHECK_EQ(read(fd, &byte, 1), 1);
	CHECK_EQ(status_of("f").st_atim.tv_sec, 1000);
	close(fd);
	fd = open("f", O_RDONLY);
	CHECK_EQ(read(fd, &byte, 1), 1);
	CHECK(status_of("f").st_atim.tv_sec > 2000);
	CHECK_EQ(status_of("f").st_mtim.tv_sec, 2000);
	close(fd);
	CHECK_EQ(unlink("f"), 0);
	scratch_leave();
	PASS();
}
