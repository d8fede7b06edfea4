#define _GNU_SOURCE
/* The link counts of directories after moves of directories (a file system may not count them: then 1). own-linux: yes
 * guest-only: not
 * every file system of Linux counts the entries of directories in their links */
#include "scratch.h"

int main(void)
{
	scratch_enter();
	CHECK_EQ(mkdir("p", 0755) | mkdir("q", 0755) | mkdir("p/d", 0755), 0);
	CHECK_EQ(status_of("p").st_nlink, 3);
	CHECK_EQ(rename("p/d", "q/d"), 0);
	CHECK_EQ(status_of("p").st_nlink, 2);
	CHECK_EQ(status_of("q").st_nlink, 3);
	CHECK_EQ(mkdir("p/d", 0755), 0);
	CHECK_EQ(rename("p/d", "q/d"), 0);
	CHECK_EQ(status_of("p").st_nlink, 2);
	CHECK_EQ(status_of("q").st_nlink, 3);
	make_file("f", "x");
	CHECK_EQ(renameat2(AT_FDCWD, "f", AT_FDCWD, "q/d", RENAME_EXCHANGE), 0);
	CHECK_EQ(status_of("q").st_nlink, 2);
	CHECK_EQ(status_of(".").st_nlink, 5);
	CHECK_EQ(unlink("q/d") | rmdir("f") | rmdir("p") | rmdir("q"), 0);
	scratch_leave();
	PASS();
}
