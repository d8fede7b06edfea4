/* access(2), faccessat(2) by user 0: all may be read and written, run only what somebody may run. */
#define _GNU_SOURCE
#include "scratch.h"

int main(void)
{
	scratch_enter();
	make_file("f", "x");
	CHECK_EQ(chmod("f", 0), 0);
	CHECK_EQ(access("f", F_OK), 0);
	CHECK_EQ(access("f", R_OK | W_OK), 0);
	CHECK_ERRNO(access("f", X_OK), EACCES);
	CHECK_EQ(chmod("f", 001), 0);
	CHECK_EQ(access("f", X_OK), 0);
	CHECK_EQ(access(".", R_OK | W_OK | X_OK), 0);
	CHECK_ERRNO(access("missing", F_OK), ENOENT);
	CHECK_ERRNO(access("f/x", F_OK), ENOTDIR);
	CHECK_ERRNO(access("f", 8), EINVAL);
	CHECK_EQ(symlink("missing", "l"), 0);
	CHECK_ERRNO(access("l", F_OK), ENOENT);
	CHECK_EQ(faccessat(AT_FDCWD, "l", F_OK, AT_SYMLINK_NOFOLLOW), 0);
	CHECK_EQ(faccessat(AT_FDCWD, "f", R_OK, AT_EACCESS), 0);
	CHECK_ERRNO(faccessat(99, "f", F_OK, 0), EBADF);
	CHECK_EQ(unlink("f") | unlink("l"), 0);
	scratch_leave();
	PASS();
}
