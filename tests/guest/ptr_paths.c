/* Paths in bad memory, for every call that takes one; and a path that ends where its page ends. */
#include "pointers.h"

#include <fcntl.h>
#include <sys/stat.h>

static void check_bad(void *bad)
{
	char *arguments[] = { "x", NULL };
	struct stat status;

	CHECK_ERRNO(open(bad, O_RDONLY), EFAULT);
	CHECK_ERRNO(openat(AT_FDCWD, bad, O_RDONLY), EFAULT);
	CHECK_ERRNO(stat(bad, &status), EFAULT);
	CHECK_ERRNO(mkdir(bad, 0700), EFAULT);
	CHECK_ERRNO(rmdir(bad), EFAULT);
	CHECK_ERRNO(unlink(bad), EFAULT);
	CHECK_ERRNO(chdir(bad), EFAULT);
	CHECK_ERRNO(execve(bad, arguments, arguments + 1), EFAULT);
}

int main(void)
{
	struct stat status;
	char *path;
	int fd;

	pointers_init();
	pointers_unreadable(check_bad);
	/* Its NUL is the last byte of the page. */
	path = strcpy(pointers_edge + PAGE - sizeof("/dev/null"), "/dev/null");
	fd = open(path, O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(stat(path, &status), 0);
	close(fd);
	/* And now it has none. */
	memmove(path + 1, path, strlen(path));
	CHECK_ERRNO(open(path + 1, O_RDONLY), EFAULT);
	CHECK_ERRNO(stat(path + 1, &status), EFAULT);
	PASS();
}
