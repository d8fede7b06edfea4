/* rename(2): names move, replace others, and what is open stays what it is. */
#include "scratch.h"

int main(void)
{
	char byte;

	scratch_enter();
	make_file("a", "a");
	make_file("b", "b");
	ino_t a = status_of("a").st_ino;
	int fd = open("b", O_RDONLY);
	CHECK_EQ(rename("a", "b"), 0);
	CHECK(!exists("a"));
	CHECK_EQ(status_of("b").st_ino, a);
	CHECK_EQ(status_of("b").st_nlink, 1);
	check_file("b", "a");
	CHECK_EQ(read(fd, &byte, 1), 1);
	CHECK_EQ(byte, 'b');
	struct stat status;
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_EQ(status.st_nlink, 0);
	close(fd);
	/* Two names of one file: nothing happens. */
	CHECK_EQ(link("b", "c"), 0);
	CHECK_EQ(rename("b", "c"), 0);
	CHECK(exists("b") && exists("c"));
	CHECK_EQ(unlink("c"), 0);
	CHECK_EQ(rename("b", "b"), 0);
	/* A link moves, not what it leads to. */
	CHECK_EQ(symlink("b", "l"), 0);
	CHECK_EQ(rename("l", "m"), 0);
	CHECK(S_ISLNK(status_of("m").st_mode) && exists("b"));
	CHECK_EQ(rename("b", "m"), 0);
	CHECK(S_ISREG(status_of("m").st_mode));
	CHECK_EQ(unlink("m"), 0);
	scratch_leave();
	PASS();
}
