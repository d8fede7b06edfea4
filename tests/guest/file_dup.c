/* dup(2), dup2(2): descriptors of one open file share its position; the lowest number is taken. */
#include "test.h"

#include <fcntl.h>

int main(void)
{
	const char *path = scratch_path("dup");
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR, 0600), copy, other, ends[2];
	char buffer[8];

	CHECK(fd >= 0);
	copy = dup(fd);
	CHECK(copy > fd);
	CHECK_EQ(write(fd, "abc", 3), 3);
	CHECK_EQ(write(copy, "def", 3), 3);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 6);
	CHECK_EQ(lseek(copy, 1, SEEK_SET), 1);
	CHECK_EQ(read(fd, buffer, 2), 2);
	CHECK(memcmp(buffer, "bc", 2) == 0);
	other = open(path, O_RDONLY);
	CHECK_EQ(read(other, buffer, 1), 1);	/* a file opened anew has a position of its own */
	CHECK_EQ(buffer[0], 'a');

	/* Closing one leaves the others. */
	CHECK_EQ(close(fd), 0);
	CHECK_ERRNO(close(fd), EBADF);
	CHECK_EQ(read(copy, buffer, 1), 1);
	CHECK_EQ(buffer[0], 'd');
	CHECK_EQ(dup(copy), fd);

	CHECK_EQ(dup2(copy, 100), 100);
	CHECK_EQ(lseek(100, 0, SEEK_CUR), 4);
	CHECK_EQ(dup2(copy, copy), copy);
	CHECK_ERRNO(dup2(99, 99), EBADF);
	CHECK_ERRNO(dup2(99, copy), EBADF);
	CHECK_EQ(lseek(copy, 0, SEEK_CUR), 4);	/* still open */
	CHECK_ERRNO(dup2(copy, -1), EBADF);
	CHECK_ERRNO(dup2(copy, 1 << 30), EBADF);
	CHECK_ERRNO(dup(-1), EBADF);

	/* What was at the place is closed: a reader sees the end of a pipe. */
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(dup2(copy, ends[1]), ends[1]);
	CHECK_EQ(read(ends[0], buffer, 1), 0);
	close(100);
	close(ends[0]);
	close(ends[1]);
	close(copy);
	close(other);
	close(fd);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
