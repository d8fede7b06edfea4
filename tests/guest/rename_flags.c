/* renameat2(2): a name that must be free, and two that change places. */
#define _GNU_SOURCE
#include "scratch.h"

static int rename2(const char *from, const char *to, unsigned flags)
{
	return renameat2(AT_FDCWD, from, AT_FDCWD, to, flags);
}

int main(void)
{
	scratch_enter();
	make_file("a", "a");
	make_file("b", "b");
	CHECK_EQ(mkdir("d", 0755), 0);
	make_file("d/f", "f");
	CHECK_ERRNO(rename2("a", "b", RENAME_NOREPLACE), EEXIST);
	CHECK_ERRNO(rename2("a", "d", RENAME_NOREPLACE), EEXIST);
	CHECK_ERRNO(rename2("a", ".", RENAME_NOREPLACE), EEXIST);
	CHECK_ERRNO(rename2("a", "a", RENAME_NOREPLACE), EEXIST);
	CHECK_EQ(rename2("a", "c", RENAME_NOREPLACE), 0);
	check_file("c", "a");
	CHECK_EQ(rename2("c", "b", RENAME_EXCHANGE), 0);
	check_file("c", "b");
	check_file("b", "a");
	CHECK_EQ(rename2("b", "d", RENAME_EXCHANGE), 0);	/* a file and a directory that is not empty */
	check_file("b/f", "f");
	check_file("d", "a");
	CHECK_ERRNO(rename2("b", "missing", RENAME_EXCHANGE), ENOENT);
	CHECK_ERRNO(rename2("b", "b/f", RENAME_EXCHANGE), EINVAL);
	CHECK_ERRNO(rename2("b/f", "b", RENAME_EXCHANGE), EINVAL);
	CHECK_EQ(rename2("b/f", "d", RENAME_EXCHANGE), 0);
	check_file("b/f", "a");
	check_file("d", "f");
	CHECK_ERRNO(rename2("b", "c", RENAME_EXCHANGE | RENAME_NOREPLACE), EINVAL);
	CHECK_ERRNO(rename2("b", "c", 0x1000), EINVAL);
	CHECK_EQ(unlink("b/f") | unlink("c") | unlink("d") | rmdir("b"), 0);
	scratch_leave();
	PASS();
}
