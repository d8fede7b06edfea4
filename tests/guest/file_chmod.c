#define _GNU_SOURCE
/* chmod(2), fchmod(2), fchmodat(2), umask(2). */
#include "scratch.h"

int main(void)
{
	scratch_enter();
	CHECK_EQ(umask(022) & ~0777, 0);
	CHECK_EQ(umask(07027), 022);
	CHECK_EQ(umask(027), 027);	/* only these bits count */
	int fd = open("f", O_CREAT | O_RDWR, 0777);
	CHECK_EQ(status_of("f").st_mode, S_IFREG | 0750);
	CHECK_EQ(mkdir("d", 0777), 0);
	CHECK_EQ(status_of("d").st_mode & 0777, 0750);
	CHECK_EQ(chmod("f", 0666), 0);	/* which does not ask the umask */
	CHECK_EQ(status_of("f").st_mode, S_IFREG | 0666);
	CHECK_EQ(fchmod(fd, 04711), 0);
	CHECK_EQ(status_of("f").st_mode, S_IFREG | 04711);
	CHECK_EQ(chmod("f", 0177777), 0);
	CHECK_EQ(status_of("f").st_mode, S_IFREG | 07777);
	CHECK_EQ(symlink("f", "l"), 0);
	CHECK_EQ(fchmodat(AT_FDCWD, "l", 0600, 0), 0);
	CHECK_EQ(status_of("f").st_mode, S_IFREG | 0600);
	CHECK_EQ(status_of("l").st_mode, S_IFLNK | 0777);
	CHECK_ERRNO(chmod("missing", 0600), ENOENT);
	CHECK_ERRNO(fchmod(99, 0600), EBADF);
	close(fd);
	fd = open("f", O_PATH);
	CHECK_ERRNO(fchmod(fd, 0600), EBADF);
	close(fd);
	CHECK_EQ(unlink("f") | unlink("l") | rmdir("d"), 0);
	scratch_leave();
	PASS();
}
