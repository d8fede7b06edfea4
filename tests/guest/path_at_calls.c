/* The calls that begin at a directory's descriptor. */
#define _GNU_SOURCE
#include "scratch.h"

int main(void)
{
	char text[16];
	struct stat status;

	scratch_enter();
	CHECK_EQ(mkdir("d", 0755) | mkdir("e", 0755), 0);
	int d = open("d", O_PATH | O_DIRECTORY), e = open("e", O_RDONLY);
	CHECK_EQ(mkdirat(d, "sub", 0755), 0);
	make_file("d/sub/f", "x");
	CHECK_EQ(linkat(d, "sub/f", e, "g", 0), 0);
	CHECK_EQ(symlinkat("g", e, "l"), 0);
	CHECK_EQ(readlinkat(e, "l", text, sizeof(text)), 1);
	CHECK_EQ(renameat(d, "sub/f", e, "h"), 0);
	CHECK_EQ(fchmodat(e, "h", 0640, 0), 0);
	CHECK_EQ(status_of("e/g").st_mode, S_IFREG | 0640);
	CHECK_EQ(fstatat(e, "", &status, AT_EMPTY_PATH), 0);
	CHECK(S_ISDIR(status.st_mode));
	CHECK_ERRNO(unlinkat(d, "sub", 0), EISDIR);
	CHECK_ERRNO(unlinkat(e, "h", AT_REMOVEDIR), ENOTDIR);
	CHECK_ERRNO(unlinkat(e, "h", 1), EINVAL);
	CHECK_EQ(unlinkat(d, "sub", AT_REMOVEDIR), 0);
	int f = openat(e, "h", O_RDONLY);
	CHECK_ERRNO(mkdirat(f, "x", 0755), ENOTDIR);
	CHECK_ERRNO(renameat(f, "x", e, "y"), ENOTDIR);
	CHECK_ERRNO(mkdirat(99, "x", 0755), EBADF);
	CHECK_ERRNO(mkdirat(99, "/tmp", 0755), EEXIST);	/* an absolute path looks at no descriptor */
	/* fchdir goes by descriptors too, of O_PATH even. */
	CHECK_EQ(fchdir(d), 0);
	CHECK(exists("../e"));
	CHECK_ERRNO(fchdir(f), ENOTDIR);
	CHECK_ERRNO(fchdir(99), EBADF);
	CHECK_EQ(fchdir(e), 0);
	CHECK_EQ(unlink("g") | unlink("h") | unlink("l"), 0);
	CHECK_EQ(chdir(".."), 0);
	CHECK_EQ(rmdir("d") | rmdir("e"), 0);
	scratch_leave();
	PASS();
}
