/* readv(2) and writev(2): the parts follow one another, empty ones do not matter, and the whole is
 * one transfer. */
#include "test.h"

#include <fcntl.h>
#include <sys/uio.h>

int main(void)
{
	const char *path = scratch_path("vectors");
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR, 0600);
	volatile int negative = -1;
	char a[3], b[5000], c[4];
	struct iovec out[] = { { "abc", 3 }, { NULL, 0 }, { b, sizeof(b) }, { "tail", 4 } };
	struct iovec in[] = { { a, sizeof(a) }, { NULL, 0 }, { b, sizeof(b) }, { c, sizeof(c) } };
	struct iovec long_in[] = { { c, 2 }, { b, sizeof(b) } };

	CHECK(fd >= 0);
	memset(b, 'b', sizeof(b));
	CHECK_EQ(writev(fd, out, 4), 5007);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 5007);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	memset(b, 0, sizeof(b));
	CHECK_EQ(readv(fd, in, 4), 5007);
	CHECK(memcmp(a, "abc", 3) == 0 && memcmp(c, "tail", 4) == 0);
	for (size_t i = 0; i < sizeof(b); i++)
		CHECK_EQ(b[i], 'b');
	CHECK_EQ(readv(fd, in, 4), 0);
	CHECK_EQ(readv(fd, in, 0), 0);
	CHECK_EQ(writev(fd, out, 0), 0);

	/* A short read ends where the file ends. */
	CHECK_EQ(lseek(fd, 5000, SEEK_SET), 5000);
	CHECK_EQ(readv(fd, long_in, 2), 7);
	CHECK(memcmp(c, "bb", 2) == 0 && memcmp(b, "btail", 5) == 0);

	CHECK_EQ(lseek(fd, 5007, SEEK_SET), 5007);
	CHECK_EQ(write(fd, b, 0), 0);
	CHECK_EQ(read(fd, b, 0), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 5007);
	CHECK_ERRNO(readv(fd, in, negative), EINVAL);
	CHECK_ERRNO(writev(fd, in, negative), EINVAL);
	close(fd);
	CHECK_ERRNO(readv(fd, in, 1), EBADF);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
