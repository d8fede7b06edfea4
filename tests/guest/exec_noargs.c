/* execve without arguments: the new program gets one, the empty string, so that argv[0] is always
 * there. */
#include "test.h"

int main(int argc, char **argv)
{
	char *none[] = { NULL }, *environment[] = { "STAGE=2", NULL };
	int status;
	pid_t child;

	if (getenv("STAGE")) {
		CHECK_EQ(argc, 1);
		CHECK_STR(argv[0], "");
		CHECK(argv[1] == NULL);
		PASS();
	}
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		execve(argv[0], none, environment);
		_exit(111);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
