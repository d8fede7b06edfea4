/* What rename(2) refuses. */
#include "scratch.h"

static void cycles(void)
{
	CHECK_EQ(mkdir("d", 0755) | mkdir("d/e", 0755) | mkdir("d/e/f", 0755), 0);
	CHECK_ERRNO(rename("d", "d/x"), EINVAL);
	CHECK_ERRNO(rename("d", "d/e/f/x"), EINVAL);
	CHECK_ERRNO(rename("d", "d/e"), EINVAL);
	CHECK_ERRNO(rename("d/e/f", "d"), ENOTEMPTY);
	CHECK_ERRNO(rename("d/e", "d"), ENOTEMPTY);
	CHECK_EQ(rename("d", "d"), 0);
}

static void kinds(void)
{
	make_file("a", "a");
	CHECK_ERRNO(rename("a", "d"), EISDIR);
	CHECK_ERRNO(rename("d", "a"), ENOTDIR);
	CHECK_EQ(mkdir("g", 0755), 0);
	CHECK_ERRNO(rename("g", "d"), ENOTEMPTY);
	CHECK_ERRNO(rename("a/", "b"), ENOTDIR);
	CHECK_ERRNO(rename("a", "b/"), ENOTDIR);
	CHECK_ERRNO(rename("a", "g/"), ENOTDIR);
}

static void names(void)
{
	char longest[300];

	memset(longest, 'x', sizeof(longest));
	longest[256] = 0;
	CHECK_ERRNO(rename("missing", "b"), ENOENT);
	CHECK_ERRNO(rename("a", "missing/b"), ENOENT);
	CHECK_ERRNO(rename("a", "a/b"), ENOTDIR);
	CHECK_ERRNO(rename("", "b"), ENOENT);
	CHECK_ERRNO(rename("a", ""), ENOENT);
	CHECK_ERRNO(rename(".", "b"), EBUSY);
	CHECK_ERRNO(rename("d/..", "b"), EBUSY);
	CHECK_ERRNO(rename("a", "."), EBUSY);
	CHECK_ERRNO(rename("a", ".."), EBUSY);
	CHECK_ERRNO(rename("/", "b"), EBUSY);
	CHECK_ERRNO(rename("a", longest), ENAMETOOLONG);
	CHECK_ERRNO(rename("a", "/dev/synos-test-rename"), EXDEV);
}

int main(void)
{
	scratch_enter();
	cycles();
	kinds();
	names();
	check_file("a", "a");
	CHECK_EQ(unlink("a") | rmdir("d/e/f") | rmdir("d/e") | rmdir("d") | rmdir("g"), 0);
	scratch_leave();
	PASS();
}
