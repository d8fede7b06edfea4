/* The errors of wait4. */
#include "test.h"
#include <limits.h>
#include <sys/resource.h>

static pid_t others;

static void not_mine(void)
{
	CHECK_ERRNO(waitpid(others, NULL, 0), ECHILD);
	CHECK_ERRNO(waitpid(-1, NULL, 0), ECHILD);
}

int main(void)
{
	int status = 0, ends[2];
	char byte;

	CHECK_ERRNO(waitpid(-1, &status, 0), ECHILD);
	CHECK_ERRNO(waitpid(-1, &status, WNOHANG), ECHILD);
	CHECK_ERRNO(waitpid(getpid(), &status, 0), ECHILD);
	CHECK_ERRNO(waitpid(1, &status, 0), ECHILD);
	CHECK_ERRNO(waitpid(-1, &status, 0x40), EINVAL);
	CHECK_ERRNO(waitpid(INT_MIN, &status, 0), ESRCH);

	CHECK_EQ(pipe(ends), 0);
	others = fork();
	CHECK(others >= 0);
	if (others == 0) {
		close(ends[1]);
		_exit(read(ends[0], &byte, 1));
	}
	CHECK_EXIT(not_mine, 0);
	close(ends[0]);
	close(ends[1]);
	CHECK_ERRNO(waitpid(others + 1, &status, WNOHANG), ECHILD);
	/* The status is optional, and so is the usage. */
	CHECK_EQ(wait4(others, NULL, 0, NULL), others);
	CHECK_ERRNO(wait4(others, NULL, 0, NULL), ECHILD);
	/* A bad address is found when the child is gone already. */
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	CHECK_ERRNO(waitpid(child, (int *)8, 0), EFAULT);
	CHECK_ERRNO(waitpid(child, &status, 0), ECHILD);
	PASS();
}
