/* A process that has ended is there until it is waited for, and then no more. */
#include "test.h"

int main(void)
{
	int ends[2], status;
	char byte;

	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		_exit(9);
	close(ends[1]);
	/* Its end of the pipe closes as it ends. */
	CHECK_EQ(read(ends[0], &byte, 1), 0);
	CHECK_EQ(kill(child, 0), 0);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 9) || WTERMSIG(status) == SIGKILL);
	CHECK_ERRNO(kill(child, 0), ESRCH);
	CHECK_ERRNO(kill(child, SIGKILL), ESRCH);
	PASS();
}
