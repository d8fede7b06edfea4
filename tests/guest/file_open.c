/* open(2): what each flag does, and what it refuses. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

static char path[256];
static char buffer[16];

static void access_modes(void)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0640);
	struct stat status;

	CHECK(fd >= 0);
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_EQ(status.st_mode, S_IFREG | 0640);
	CHECK_EQ(status.st_nlink, 1);
	CHECK_EQ(write(fd, "hello", 5), 5);
	CHECK_ERRNO(read(fd, buffer, 1), EBADF);
	close(fd);

	fd = open(path, O_RDONLY);
	CHECK(fd >= 0);
	CHECK_ERRNO(write(fd, "x", 1), EBADF);
	CHECK_EQ(read(fd, buffer, sizeof(buffer)), 5);
	CHECK(memcmp(buffer, "hello", 5) == 0);
	close(fd);

	fd = open(path, O_RDWR);
	CHECK_EQ(write(fd, "J", 1), 1);
	CHECK_EQ(read(fd, buffer, sizeof(buffer)), 4);
	CHECK(memcmp(buffer, "ello", 4) == 0);
	close(fd);

	fd = open(path, O_ACCMODE);	/* neither: for ioctl alone */
	CHECK(fd >= 0);
	CHECK_ERRNO(read(fd, buffer, 1), EBADF);
	CHECK_ERRNO(write(fd, "x", 1), EBADF);
	close(fd);
}

static void creation_and_truncation(void)
{
	struct stat status;
	int fd;

	CHECK_ERRNO(open(path, O_CREAT | O_EXCL | O_WRONLY, 0600), EEXIST);
	fd = open(path, O_CREAT | O_RDONLY, 0777);	/* it is there: the mode stays */
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_EQ(status.st_mode, S_IFREG | 0640);
	CHECK_EQ(status.st_size, 5);
	close(fd);
	fd = open(path, O_WRONLY | O_TRUNC);
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_EQ(status.st_size, 0);
	CHECK_EQ(status.st_blocks, 0);
	close(fd);
}

static void directories(void)
{
	int fd = open("/tmp", O_RDONLY | O_DIRECTORY);

	CHECK(fd >= 0);
	CHECK_ERRNO(read(fd, buffer, 1), EISDIR);
	CHECK_ERRNO(write(fd, buffer, 1), EBADF);
	close(fd);
	CHECK_ERRNO(open("/tmp", O_WRONLY), EISDIR);
	CHECK_ERRNO(open("/tmp", O_RDWR), EISDIR);
	CHECK_ERRNO(open("/tmp", O_RDONLY | O_TRUNC), EISDIR);
	CHECK_ERRNO(open("/tmp", O_RDONLY | O_CREAT, 0600), EISDIR);
	CHECK_ERRNO(open("/tmp/", O_WRONLY | O_CREAT, 0600), EISDIR);
	CHECK_ERRNO(open(path, O_RDONLY | O_DIRECTORY), ENOTDIR);
}

static void paths_only(void)
{
	int fd = open(path, O_PATH);
	struct stat status;

	CHECK(fd >= 0);
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_ERRNO(read(fd, buffer, 1), EBADF);
	CHECK_ERRNO(write(fd, buffer, 1), EBADF);
	CHECK_ERRNO(lseek(fd, 0, SEEK_SET), EBADF);
	close(fd);
}

int main(void)
{
	strcpy(path, scratch_path("file"));
	CHECK_ERRNO(open(path, O_RDONLY), ENOENT);
	CHECK_ERRNO(open("", O_RDONLY), ENOENT);
	access_modes();
	creation_and_truncation();
	directories();
	paths_only();
	CHECK_EQ(unlink(path), 0);
	CHECK_ERRNO(open(path, O_WRONLY | O_TRUNC), ENOENT);
	PASS();
}
