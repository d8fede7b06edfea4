/* vfork: a child that dies by a signal lets its parent go on. */
#include "test.h"

int main(void)
{
	int status;
	pid_t child = vfork();

	if (child == 0) {
		kill(getpid(), SIGKILL);
		_exit(1);
	}
	CHECK(child > 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	PASS();
}
