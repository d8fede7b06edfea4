/* What wait tells: exit codes, of which 8 bits count, signals, PIDs, and that there is nothing to
 * tell yet. */
#include "test.h"
#include <fcntl.h>

static int code;

static void exit_with_code(void)
{
	_exit(code);
}

static void codes(void)
{
	static const int given[] = { 0, 1, 7, 127, 128, 255, 256, 263, -1 };

	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		code = given[i];
		CHECK_EXIT(exit_with_code, given[i] & 255);
	}
}

static void not_yet(void)
{
	int ends[2], status = 99;
	char byte;

	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(ends[1]);
		_exit(read(ends[0], &byte, 1) == 0 ? 3 : 4);
	}
	close(ends[0]);
	CHECK_EQ(waitpid(child, &status, WNOHANG), 0);
	CHECK_EQ(waitpid(-1, &status, WNOHANG), 0);
	CHECK_EQ(status, 99);
	close(ends[1]);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 3);
	CHECK_ERRNO(waitpid(child, &status, WNOHANG), ECHILD);
}

static pid_t child_with(int exit_code)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		_exit(exit_code);
	return child;
}

/* A particular one first, then the others as they come. */
static void which_one(void)
{
	pid_t children[3], child;
	int status, seen = 0;

	for (int i = 0; i < 3; i++)
		children[i] = child_with(10 + i);
	CHECK_EQ(waitpid(children[1], &status, 0), children[1]);
	CHECK_EQ(WEXITSTATUS(status), 11);
	while ((child = waitpid(-1, &status, 0)) > 0)
		for (int i = 0; i < 3; i++)
			if (child == children[i] && WEXITSTATUS(status) == 10 + i)
				seen |= 1 << i;
	CHECK_EQ(errno, ECHILD);
	CHECK_EQ(seen, 5);
}

int main(void)
{
	codes();
	not_yet();
	which_one();
	PASS();
}
