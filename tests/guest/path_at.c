/* openat(2), fstatat(2): paths that begin at a directory descriptor. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

int main(void)
{
	char directory[256];
	struct stat status, other;
	int at, fd;

	strcpy(directory, scratch_path("at"));
	CHECK_EQ(mkdir(directory, 0700), 0);
	at = open(directory, O_RDONLY | O_DIRECTORY);
	CHECK(at >= 0);
	fd = openat(at, "file", O_CREAT | O_EXCL | O_WRONLY, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "12345", 5), 5);
	CHECK_EQ(fstatat(at, "file", &status, 0), 0);
	CHECK_EQ(status.st_size, 5);
	CHECK_EQ(fstatat(fd, "", &other, AT_EMPTY_PATH), 0);
	CHECK_EQ(other.st_ino, status.st_ino);
	CHECK_ERRNO(fstatat(at, "", &other, 0), ENOENT);
	CHECK_EQ(fstatat(at, "../.", &other, 0), 0);
	CHECK_EQ(fstatat(at, ".", &other, AT_SYMLINK_NOFOLLOW), 0);
	CHECK(S_ISDIR(other.st_mode));
	CHECK_ERRNO(fstatat(at, "file", &other, 0x40000000), EINVAL);

	/* The descriptor matters only to relative paths. */
	CHECK_EQ(fstatat(-77, "/tmp", &other, 0), 0);
	CHECK_ERRNO(openat(-77, "file", O_RDONLY), EBADF);
	CHECK_ERRNO(openat(fd, "file", O_RDONLY), ENOTDIR);
	CHECK_ERRNO(openat(at, "none", O_RDONLY), ENOENT);
	CHECK_ERRNO(openat(AT_FDCWD, "file-that-is-not-here", O_RDONLY), ENOENT);
	CHECK_EQ(chdir(directory), 0);
	CHECK_EQ(fstatat(AT_FDCWD, "file", &other, 0), 0);
	CHECK_EQ(unlink("file"), 0);
	CHECK_EQ(chdir("/"), 0);
	close(fd);
	close(at);
	CHECK_EQ(rmdir(directory), 0);
	PASS();
}
