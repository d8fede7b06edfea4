/* vfork: the child works in the parent's memory, and the parent waits until it execs or ends, a
 * failing exec included. */
#include "test.h"

static volatile int seen;
static volatile int failed;

static int status_of(pid_t child)
{
	int status;

	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	char *arguments[] = { argv[0], "again", NULL };
	char *environment[] = { NULL };
	pid_t child;

	if (argc > 1)
		return 7;

	child = vfork();
	if (child == 0) {
		seen = 1;
		_exit(5);
	}
	CHECK(child > 0);
	CHECK_EQ(seen, 1);
	CHECK_EQ(status_of(child), 5);

	child = vfork();
	if (child == 0) {
		seen = 2;
		execve("/tmp/there is no such file", arguments, environment);
		failed = errno;
		seen = 3;
		execve(argv[0], arguments, environment);
		_exit(99);
	}
	CHECK_EQ(seen, 3);
	CHECK_EQ(failed, ENOENT);
	CHECK_EQ(status_of(child), 7);
	PASS();
}
