/* /proc/self/exe can be run: the same program, whatever its name is by now. */
#include "scratch.h"

int main(int argc, char **argv)
{
	if (argc > 1) {
		CHECK_STR(argv[1], "again");
		return 7;
	}
	int status;
	pid_t child = fork();
	if (child == 0) {
		execl("/proc/self/exe", "other-name", "again", (char *)NULL);
		_exit(1);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
	(void)argv;
	PASS();
}
