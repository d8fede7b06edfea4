/* pread(2), pwrite(2): at a place, without moving the position. */
#include "scratch.h"

int main(void)
{
	char buffer[8] = "";
	int ends[2];

	scratch_enter();
	int fd = open("f", O_CREAT | O_RDWR, 0600);
	CHECK_EQ(write(fd, "0123456789", 10), 10);
	CHECK_EQ(pread(fd, buffer, 4, 3), 4);
	CHECK(memcmp(buffer, "3456", 4) == 0);
	CHECK_EQ(pread(fd, buffer, 4, 8), 2);
	CHECK_EQ(pread(fd, buffer, 4, 10), 0);
	CHECK_EQ(pwrite(fd, "xy", 2, 1), 2);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 10);
	check_file("f", "0xy3456789");
	CHECK_ERRNO(pread(fd, buffer, 4, -1), EINVAL);
	CHECK_ERRNO(pwrite(99, buffer, 4, -1), EINVAL);
	CHECK_ERRNO(pread(99, buffer, 4, 0), EBADF);
	CHECK_ERRNO(pread(fd, (char *)16, 4, 0), EFAULT);
	CHECK_ERRNO(pwrite(fd, (char *)16, 4, 0), EFAULT);
	CHECK_EQ(pipe(ends), 0);
	CHECK_ERRNO(pread(ends[0], buffer, 4, 0), ESPIPE);
	CHECK_ERRNO(pread(ends[1], buffer, 4, 0), ESPIPE);
	CHECK_ERRNO(pwrite(ends[1], buffer, 4, 0), ESPIPE);
	close(fd);
	fd = open("f", O_RDONLY);
	CHECK_ERRNO(pwrite(fd, buffer, 1, 0), EBADF);
	close(fd);
	fd = open("f", O_WRONLY | O_APPEND);
	CHECK_ERRNO(pread(fd, buffer, 1, 0), EBADF);
	CHECK_EQ(pwrite(fd, "end", 3, 0), 3);	/* Linux appends all the same: pwrite(2), BUGS */
	close(fd);
	check_file("f", "0xy3456789end");
	CHECK_EQ(unlink("f"), 0);
	scratch_leave();
	PASS();
}
