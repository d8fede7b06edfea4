/* null(4), zero(4), full(4): what they give and take. */
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

static unsigned char buffer[100000];

static int device_open(const char *path, dev_t number)
{
	struct stat status;
	int fd = open(path, O_RDWR);

	CHECK(fd >= 0);
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_EQ(status.st_mode & S_IFMT, S_IFCHR);
	CHECK_EQ(status.st_rdev, number);
	CHECK_EQ(status.st_size, 0);
	return fd;
}

static void check_zeros(int fd)
{
	memset(buffer, 0x55, sizeof(buffer));
	CHECK_EQ(read(fd, buffer, sizeof(buffer) - 1), sizeof(buffer) - 1);
	for (size_t i = 0; i < sizeof(buffer) - 1; i++)
		CHECK_EQ(buffer[i], 0);
	CHECK_EQ(buffer[sizeof(buffer) - 1], 0x55);
}

int main(void)
{
	int fd = device_open("/dev/null", 0x103);

	CHECK_EQ(read(fd, buffer, 10), 0);
	CHECK_EQ(write(fd, buffer, sizeof(buffer)), sizeof(buffer));
	CHECK_EQ(lseek(fd, 1000, SEEK_SET), 0);
	close(fd);
	CHECK_EQ(close(open("/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0600)), 0);

	fd = device_open("/dev/zero", 0x105);
	check_zeros(fd);
	CHECK_EQ(write(fd, buffer, sizeof(buffer)), sizeof(buffer));
	close(fd);

	fd = device_open("/dev/full", 0x107);
	check_zeros(fd);
	CHECK_ERRNO(write(fd, buffer, 1), ENOSPC);
	CHECK_ERRNO(write(fd, buffer, sizeof(buffer)), ENOSPC);
	close(fd);
	CHECK_ERRNO(open("/dev/none", O_RDWR), ENOENT);
	CHECK_ERRNO(open("/dev/null/x", O_RDWR), ENOTDIR);
	PASS();
}
