/* lseek(2), and what lies between written bytes. */
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#define FAR	(1l << 40)

int main(void)
{
	const char *path = scratch_path("seek");
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR, 0600), ends[2];
	char buffer[10000];
	struct stat status;

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "0123456789", 10), 10);
	CHECK_EQ(lseek(fd, 3, SEEK_SET), 3);
	CHECK_EQ(lseek(fd, 4, SEEK_CUR), 7);
	CHECK_EQ(lseek(fd, -7, SEEK_CUR), 0);
	CHECK_EQ(lseek(fd, -2, SEEK_END), 8);
	CHECK_EQ(read(fd, buffer, 100), 2);
	CHECK_EQ(read(fd, buffer, 100), 0);
	CHECK_ERRNO(lseek(fd, -11, SEEK_END), EINVAL);
	CHECK_ERRNO(lseek(fd, -1, SEEK_SET), EINVAL);
	CHECK_ERRNO(lseek(fd, 0, 77), EINVAL);
	CHECK_ERRNO(lseek(fd, 0, -1), EINVAL);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 10);	/* errors have not moved it */
	CHECK_EQ(lseek(fd, 5, SEEK_SET), 5);
	CHECK_ERRNO(lseek(fd, LONG_MAX, SEEK_CUR), EINVAL);

	/* Reading behind the end, and a hole. */
	CHECK_EQ(lseek(fd, 9000, SEEK_SET), 9000);
	CHECK_EQ(read(fd, buffer, 10), 0);
	CHECK_EQ(write(fd, "end", 3), 3);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, buffer, sizeof(buffer)), 9003);
	CHECK(memcmp(buffer, "0123456789", 10) == 0 && memcmp(buffer + 9000, "end", 3) == 0);
	for (int i = 10; i < 9000; i++)
		CHECK_EQ(buffer[i], 0);

	/* Far away: only what is written takes room. */
	CHECK_EQ(lseek(fd, FAR, SEEK_SET), FAR);
	CHECK_EQ(write(fd, "x", 1), 1);
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_EQ(status.st_size, FAR + 1);
	CHECK(status.st_blocks < 1000);
	CHECK_EQ(lseek(fd, -3, SEEK_END), FAR - 2);
	CHECK_EQ(read(fd, buffer, 10), 3);
	CHECK(memcmp(buffer, "\0\0x", 3) == 0);
	close(fd);
	CHECK_EQ(unlink(path), 0);

	CHECK_ERRNO(lseek(fd, 0, SEEK_SET), EBADF);
	CHECK_EQ(pipe(ends), 0);
	CHECK_ERRNO(lseek(ends[0], 0, SEEK_CUR), ESPIPE);
	close(ends[0]);
	close(ends[1]);
	PASS();
}
