/* realpath(3): no links, no dots, no double slashes left. */
#include "scratch.h"

#include <limits.h>

int main(void)
{
	char expected[512], result[PATH_MAX], real[PATH_MAX];

	scratch_enter();
	CHECK(realpath(".", real) == real);
	CHECK_EQ(mkdir("d", 0755), 0);
	make_file("d/f", "x");
	CHECK_EQ(symlink("d", "l"), 0);
	CHECK_EQ(symlink("../l/./f", "d/m"), 0);
	snprintf(expected, sizeof(expected), "%.400s/d/f", real);
	CHECK(realpath("l//../l/m", result) == result);
	CHECK_STR(result, expected);
	char *memory = realpath("d/f", NULL);
	CHECK_STR(memory, expected);
	free(memory);
	CHECK(realpath("//.././/", result) == result);
	CHECK_STR(result, "/");
	CHECK_ERRNO(realpath("missing", result), ENOENT);
	CHECK_ERRNO(realpath("", result), ENOENT);
	CHECK_ERRNO(realpath(NULL, result), EINVAL);
	CHECK_ERRNO(realpath("d/f/", result), ENOTDIR);
	CHECK_EQ(symlink("self", "self"), 0);
	CHECK_ERRNO(realpath("self", result), ELOOP);
	CHECK_EQ(unlink("self") | unlink("d/m") | unlink("d/f") | unlink("l") | rmdir("d"), 0);
	scratch_leave();
	PASS();
}
