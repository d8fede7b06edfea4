/* What link(2) refuses, and in which order it looks. */
#include "scratch.h"

int main(void)
{
	char proc_fd[64];

	scratch_enter();
	make_file("a", "one");
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_ERRNO(link("a", "a"), EEXIST);
	CHECK_ERRNO(link("a", "d"), EEXIST);
	CHECK_ERRNO(link("d", "e"), EPERM);
	CHECK_ERRNO(link("missing", "e"), ENOENT);
	CHECK_ERRNO(link("missing", "a"), ENOENT);
	CHECK_ERRNO(link("a", "missing/e"), ENOENT);
	CHECK_ERRNO(link("a", "e/"), ENOENT);
	CHECK_ERRNO(link("a", "a/e"), ENOTDIR);
	CHECK_ERRNO(link("a/", "e"), ENOTDIR);
	CHECK_ERRNO(link("a", ""), ENOENT);
	CHECK_ERRNO(link("", "e"), ENOENT);
	CHECK_ERRNO(link("a", "."), EEXIST);
	CHECK_ERRNO(link("a", "/"), EEXIST);
	CHECK_ERRNO(link("a", "/dev/synos-test-link"), EXDEV);
	CHECK_ERRNO(linkat(AT_FDCWD, "a", AT_FDCWD, "e", 0x40000000), EINVAL);
	CHECK_ERRNO(linkat(99, "a", AT_FDCWD, "e", 0), EBADF);
	/* A file whose last name is gone stays without. */
	int fd = open("a", O_RDONLY);
	CHECK_EQ(unlink("a"), 0);
	snprintf(proc_fd, sizeof(proc_fd), "/proc/self/fd/%d", fd);
	CHECK_ERRNO(linkat(AT_FDCWD, proc_fd, AT_FDCWD, "e", AT_SYMLINK_FOLLOW), ENOENT);
	close(fd);
	CHECK_EQ(rmdir("d"), 0);
	scratch_leave();
	PASS();
}
