/* A thousand rounds of fork, exec and exit. That nothing is left of them is said by the ledger. */
#include "test.h"

int main(int argc, char **argv)
{
	if (argc > 1)
		return atoi(argv[1]);
	for (int i = 0; i < 1000; i++) {
		char code[8];
		int status;

		snprintf(code, sizeof(code), "%d", i % 256);
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			execl(argv[0], argv[0], code, (char *)NULL);
			_exit(111);
		}
		CHECK_EQ(waitpid(child, &status, 0), child);
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == i % 256);
	}
	PASS();
}
