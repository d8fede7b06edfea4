/* truncate(2), ftruncate(2): shorter, longer with zeros, and what they refuse. */
#include "scratch.h"

int main(void)
{
	char buffer[64];
	int ends[2];

	scratch_enter();
	make_file("f", "0123456789");
	CHECK_EQ(truncate("f", 4), 0);
	check_file("f", "0123");
	int fd = open("f", O_RDWR);
	CHECK_EQ(lseek(fd, 8, SEEK_SET), 8);
	CHECK_EQ(ftruncate(fd, 12), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 8);	/* the position stays */
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, buffer, sizeof(buffer)), 12);
	CHECK(memcmp(buffer, "0123\0\0\0\0\0\0\0\0", 12) == 0);
	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(ftruncate(fd, 5000), 0);
	CHECK_EQ(status_of("f").st_size, 5000);
	CHECK_ERRNO(ftruncate(fd, -1), EINVAL);
	close(fd);
	fd = open("f", O_RDONLY);
	CHECK_ERRNO(ftruncate(fd, 1), EINVAL);
	close(fd);
	CHECK_EQ(pipe(ends), 0);
	CHECK_ERRNO(ftruncate(ends[1], 1), EINVAL);
	CHECK_ERRNO(ftruncate(99, 1), EBADF);
	CHECK_ERRNO(truncate("f", -1), EINVAL);
	CHECK_ERRNO(truncate(".", 0), EISDIR);
	CHECK_ERRNO(truncate("missing", 0), ENOENT);
	CHECK_ERRNO(truncate("f/x", 0), ENOTDIR);
	CHECK_ERRNO(truncate("/dev/null", 0), EINVAL);
	CHECK_EQ(unlink("f"), 0);
	scratch_leave();
	PASS();
}
