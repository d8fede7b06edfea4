/* fdopen: a mode is made good on the descriptor, and a bad descriptor is refused. A first write, which looks whether the
 * file is a terminal, leaves errno alone. */
#include "test.h"
#include <fcntl.h>

int main(void)
{
	char path[256], text[16];
	FILE *file;
	int fd;

	strcpy(path, scratch_path("fdopen"));
	fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "one", 3), 3);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	file = fdopen(fd, "a");
	CHECK(file != NULL);
	CHECK(fcntl(fd, F_GETFL) & O_APPEND);
	errno = 0;
	CHECK(fputs("two", file) >= 0);
	CHECK_EQ(errno, 0);
	CHECK_EQ(fflush(file), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, text, sizeof(text)), 6);
	CHECK_EQ(memcmp(text, "onetwo", 6), 0);
	CHECK_EQ(fclose(file), 0);

	CHECK_ERRNO(fdopen(fd, "r"), EBADF);
	CHECK_ERRNO(fdopen(0, "q"), EINVAL);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
