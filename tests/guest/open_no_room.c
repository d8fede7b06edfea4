/* An open(2) that finds no descriptor left does nothing else: it makes no file and empties none. */
#include "test.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

int main(void)
{
	struct rlimit few = { 8, 8 };
	struct stat st;
	int fds[2], *volatile nowhere = (void *)8;

	int fd = open("full", O_CREAT | O_WRONLY, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "kept", 4), 4);
	CHECK_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
	while ((fd = dup(fd)) >= 0)
		continue;
	CHECK_EQ(errno, EMFILE);
	CHECK_ERRNO(open("new", O_CREAT | O_WRONLY, 0600), EMFILE);
	CHECK_ERRNO(stat("new", &st), ENOENT);
	CHECK_ERRNO(open("full", O_TRUNC | O_WRONLY), EMFILE);
	CHECK_EQ(stat("full", &st), 0);
	CHECK_EQ(st.st_size, 4);

	/* A pipe needs two; one that does not get both leaves the one it got. */
	CHECK_EQ(close(7), 0);
	CHECK_ERRNO(pipe(fds), EMFILE);
	CHECK_EQ(dup(0), 7);
	CHECK_ERRNO(dup2(0, 8), EBADF);
	CHECK_ERRNO(dup3(0, 8, O_CLOEXEC), EBADF);
	CHECK_EQ(close(7), 0);
	CHECK_EQ(close(6), 0);
	CHECK_ERRNO(pipe(nowhere), EFAULT);
	CHECK_EQ(pipe(fds), 0);
	CHECK(fds[0] == 6 && fds[1] == 7);
	CHECK_EQ(unlink("full"), 0);
	PASS();
}
