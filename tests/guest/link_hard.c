/* Hard links: one file under several names, counted; each name goes alone. */
#include "scratch.h"

int main(void)
{
	struct stat a, b;

	scratch_enter();
	make_file("a", "one");
	CHECK_EQ(link("a", "b"), 0);
	a = status_of("a");
	b = status_of("b");
	CHECK_EQ(a.st_ino, b.st_ino);
	CHECK_EQ(a.st_nlink, 2);
	int fd = open("b", O_WRONLY | O_TRUNC);
	CHECK_EQ(write(fd, "two", 3), 3);
	close(fd);
	check_file("a", "two");
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_EQ(link("b", "d/c"), 0);
	CHECK_EQ(status_of("a").st_nlink, 3);
	CHECK_EQ(unlink("a"), 0);
	CHECK_EQ(unlink("b"), 0);
	check_file("d/c", "two");
	CHECK_EQ(status_of("d/c").st_nlink, 1);
	/* A link to a symbolic link is one to it, not to where it leads. */
	CHECK_EQ(symlink("c", "d/s"), 0);
	CHECK_EQ(link("d/s", "s2"), 0);
	CHECK(S_ISLNK(status_of("s2").st_mode));
	CHECK_EQ(linkat(AT_FDCWD, "d/s", AT_FDCWD, "f", AT_SYMLINK_FOLLOW), 0);
	CHECK(S_ISREG(status_of("f").st_mode));
	CHECK_EQ(unlink("f") | unlink("s2") | unlink("d/s") | unlink("d/c") | rmdir("d"), 0);
	scratch_leave();
	PASS();
}
