/* chown(2) and its kind, by user 0: ids change one by one, and programs lose the right to run as their owner. */
#include "scratch.h"

int main(void)
{
	struct stat status;

	scratch_enter();
	make_file("f", "x");
	CHECK_EQ(chown("f", 5, 6), 0);
	status = status_of("f");
	CHECK(status.st_uid == 5 && status.st_gid == 6);
	CHECK_EQ(chown("f", -1, 7), 0);
	status = status_of("f");
	CHECK(status.st_uid == 5 && status.st_gid == 7);
	CHECK_EQ(chmod("f", 06755), 0);
	CHECK_EQ(chown("f", -1, -1), 0);
	CHECK_EQ(status_of("f").st_mode & 07777, 0755);
	CHECK_EQ(chmod("f", 06745), 0);	/* not executable by the group: no program of its */
	CHECK_EQ(chown("f", 0, 0), 0);
	CHECK_EQ(status_of("f").st_mode & 07777, 02745);
	CHECK_EQ(symlink("f", "l"), 0);
	CHECK_EQ(lchown("l", 8, 9), 0);
	CHECK_EQ(status_of("l").st_uid, 8);
	CHECK_EQ(status_of("f").st_uid, 0);
	CHECK_EQ(chown("l", 3, 4), 0);
	CHECK_EQ(status_of("f").st_uid, 3);
	int fd = open("f", O_RDONLY);
	CHECK_EQ(fchown(fd, 10, 11), 0);
	CHECK_EQ(status_of("f").st_gid, 11);
	close(fd);
	CHECK_EQ(fchownat(AT_FDCWD, "l", 12, 13, AT_SYMLINK_NOFOLLOW), 0);
	CHECK_EQ(status_of("l").st_uid, 12);
	CHECK_ERRNO(fchownat(AT_FDCWD, "l", 12, 13, 0x10000), EINVAL);
	CHECK_ERRNO(chown("missing", 1, 1), ENOENT);
	CHECK_ERRNO(fchown(99, 1, 1), EBADF);
	/* In a directory with the set-group-ID bit, what is made belongs to its group. */
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_EQ(chown("d", 0, 42), 0);
	CHECK_EQ(chmod("d", 02755), 0);
	make_file("d/f", "x");
	CHECK_EQ(status_of("d/f").st_gid, 42);
	CHECK_EQ(mkdir("d/e", 0755), 0);
	CHECK_EQ(status_of("d/e").st_mode & 07777, 02755);
	CHECK_EQ(unlink("d/f") | rmdir("d/e") | rmdir("d") | unlink("f") | unlink("l"), 0);
	scratch_leave();
	PASS();
}
