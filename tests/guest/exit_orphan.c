/* A child whose parent ends gets another one. */
#include "test.h"

int main(void)
{
	int ends[2];
	pid_t parents[2];
	pid_t child;

	CHECK_EQ(pipe(ends), 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		pid_t middle = getpid();
		if (fork() == 0) {
			/* Until the one in the middle is gone. */
			while (getppid() == middle)
				usleep(1000);
			parents[0] = middle;
			parents[1] = getppid();
			_exit(write(ends[1], parents, sizeof(parents)) != sizeof(parents));
		}
		_exit(0);
	}
	CHECK_EQ(waitpid(child, NULL, 0), child);
	CHECK_EQ(read(ends[0], parents, sizeof(parents)), sizeof(parents));
	CHECK_EQ(parents[0], child);
	CHECK(parents[1] > 0 && parents[1] != child && parents[1] != getpid());
	CHECK_ERRNO(waitpid(-1, NULL, 0), ECHILD);
	PASS();
}
