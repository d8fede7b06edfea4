/* rename(2) of directories: ".." and link counts follow, what is inside comes along, the working directory too. */
#include "scratch.h"

int main(void)
{
	char cwd[512], expected[512];

	scratch_enter();
	CHECK_EQ(mkdir("p", 0755) | mkdir("q", 0755) | mkdir("p/d", 0755) | mkdir("p/d/e", 0755), 0);
	make_file("p/d/f", "inside");
	CHECK_EQ(chdir("p/d/e"), 0);
	CHECK_EQ(rename("../../../p/d", "../../../q/n"), 0);
	snprintf(expected, sizeof(expected), "%s/q/n/e", scratch_folder);
	CHECK(getcwd(cwd, sizeof(cwd)) != NULL);
	CHECK_STR(cwd, expected);
	CHECK(exists("../f"));
	CHECK_EQ(chdir("../.."), 0);
	CHECK(exists("n") && !exists("d"));
	CHECK_EQ(chdir(".."), 0);
	check_file("q/n/f", "inside");
	CHECK_EQ(status_of("q/n/..").st_ino, status_of("q").st_ino);
	/* Over an empty one, which is gone then. */
	CHECK_EQ(mkdir("empty", 0755), 0);
	int fd = open("empty", O_RDONLY | O_DIRECTORY);
	CHECK_EQ(rename("q/n", "empty"), 0);
	CHECK_ERRNO(mkdirat(fd, "x", 0755), ENOENT);
	close(fd);
	check_file("empty/f", "inside");
	CHECK_EQ(rename("empty/", "again/"), 0);	/* a directory may be named with a slash */
	CHECK_EQ(unlink("again/f") | rmdir("again/e") | rmdir("again") | rmdir("p") | rmdir("q"), 0);
	scratch_leave();
	PASS();
}
