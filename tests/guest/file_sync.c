/* fsync(2), fdatasync(2), sync(2), syncfs(2): nothing to wait for is a success; what has no contents is not. */
#define _GNU_SOURCE
#include "scratch.h"

int main(void)
{
	int ends[2];

	scratch_enter();
	int fd = open("f", O_CREAT | O_RDONLY, 0600), directory = open(".", O_RDONLY);
	CHECK_EQ(fsync(fd), 0);
	CHECK_EQ(fdatasync(fd), 0);
	CHECK_EQ(fsync(directory), 0);
	CHECK_EQ(syncfs(fd), 0);
	CHECK_EQ(pipe(ends), 0);
	CHECK_ERRNO(fsync(ends[0]), EINVAL);
	CHECK_ERRNO(fdatasync(ends[1]), EINVAL);
	CHECK_ERRNO(fsync(99), EBADF);
	CHECK_ERRNO(syncfs(99), EBADF);
	close(fd);
	fd = open("f", O_PATH);
	CHECK_ERRNO(fsync(fd), EBADF);
	close(fd);
	CHECK_EQ(unlink("f"), 0);
	/* What is made when it is read is not kept, nor are its rights anyone's to change. */
	fd = open("/proc/self/maps", O_RDONLY);
	CHECK(fd >= 0);
	CHECK_ERRNO(fsync(fd), EINVAL);
	CHECK_ERRNO(fchmod(fd, 0600), EPERM);
	close(fd);
	scratch_leave();
	PASS();
}
