/* Which calls move mtime and ctime, and which do not. */
#include "scratch.h"

static struct timespec then[2] = { { 1000, 0 }, { 1000, 0 } };

static bool modified(const char *name)
{
	bool result = status_of(name).st_mtim.tv_sec != 1000;

	CHECK_EQ(utimensat(AT_FDCWD, name, then, 0), 0);
	return result;
}

int main(void)
{
	scratch_enter();
	CHECK_EQ(mkdir("d", 0755), 0);
	modified("d");
	make_file("d/f", "x");
	CHECK(modified("d"));
	CHECK(modified("d/f"));
	int fd = open("d/f", O_RDWR);
	CHECK(!modified("d/f"));
	CHECK_EQ(write(fd, "y", 1), 1);
	CHECK(modified("d/f"));
	CHECK_EQ(write(fd, "", 0), 0);
	CHECK(!modified("d/f"));
	CHECK_EQ(ftruncate(fd, 1), 0);	/* the same length: all the same a change */
	CHECK(modified("d/f"));
	CHECK(!modified("d/f"));
	CHECK_EQ(truncate("d/f", 2), 0);
	CHECK(modified("d/f"));
	close(fd);
	close(open("d/f", O_WRONLY | O_TRUNC));
	CHECK(modified("d/f"));
	CHECK_EQ(chmod("d/f", 0600), 0);
	CHECK(!modified("d/f"));
	CHECK(!modified("d"));
	CHECK_EQ(link("d/f", "d/g"), 0);
	CHECK(modified("d") && !modified("d/f"));
	CHECK_EQ(rename("d/f", "d/h"), 0);
	CHECK(modified("d") && !modified("d/h"));
	CHECK_EQ(unlink("d/g"), 0);
	CHECK(modified("d") && !modified("d/h"));
	CHECK_EQ(unlink("d/h") | rmdir("d"), 0);
	scratch_leave();
	PASS();
}
