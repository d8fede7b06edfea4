/* wait by process group, and the rules of setpgid for processes and their children. */
#include "test.h"
#include <fcntl.h>

static int hold[2];

static pid_t held_child(void)
{
	char byte;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		close(hold[1]);
		_exit(read(hold[0], &byte, 1));
	}
	return child;
}

static pid_t exec_child(char *self)
{
	int ready[2];
	char byte;

	CHECK_EQ(pipe2(ready, O_CLOEXEC), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		char number[16];
		snprintf(number, sizeof(number), "%d", hold[0]);
		close(hold[1]);
		execl(self, self, number, (char *)NULL);
		_exit(111);
	}
	/* The other end closes when the exec has succeeded. */
	close(ready[1]);
	CHECK_EQ(read(ready[0], &byte, 1), 0);
	close(ready[0]);
	return child;
}

static void grandchild_rules(void)
{
	CHECK_ERRNO(setpgid(getppid(), 0), ESRCH);
	CHECK_EQ(setpgid(0, 0), 0);
	CHECK_EQ(getpgrp(), getpid());
}

int main(int argc, char **argv)
{
	pid_t alone, grouped, execed, group;
	char byte;

	if (argc > 1)
		return read(atoi(argv[1]), &byte, 1);
	group = getpgrp();
	CHECK_EQ(getpgid(0), group);
	CHECK_EQ(getpgid(getpid()), group);
	CHECK_ERRNO(getpgid(0x7ffffffe), ESRCH);
	CHECK_EQ(pipe(hold), 0);
	alone = held_child();
	grouped = held_child();
	execed = exec_child(argv[0]);
	CHECK_EQ(getpgid(alone), group);

	CHECK_ERRNO(setpgid(alone, -1), EINVAL);
	CHECK_ERRNO(setpgid(0x7ffffffe, 0), ESRCH);
	CHECK_ERRNO(setpgid(alone, 0x7ffffffe), EPERM);
	CHECK_ERRNO(setpgid(execed, 0), EACCES);
	CHECK_EQ(setpgid(alone, 0), 0);
	CHECK_EQ(getpgid(alone), alone);
	CHECK_EQ(setpgid(grouped, alone), 0);
	CHECK_EQ(getpgid(grouped), alone);
	CHECK_EXIT(grandchild_rules, 0);

	CHECK_EQ(kill(-alone, 0), 0);
	CHECK_ERRNO(kill(-execed, 0), ESRCH);
	CHECK_EQ(waitpid(-alone, NULL, WNOHANG), 0);
	CHECK_EQ(waitpid(0, NULL, WNOHANG), 0);
	close(hold[1]);
	CHECK_EQ(waitpid(0, NULL, 0), execed);
	CHECK_ERRNO(waitpid(0, NULL, 0), ECHILD);
	CHECK(waitpid(-alone, NULL, 0) > 0);
	CHECK(waitpid(-alone, NULL, 0) > 0);
	CHECK_ERRNO(waitpid(-alone, NULL, 0), ECHILD);
	CHECK_ERRNO(kill(-alone, 0), ESRCH);
	PASS();
}
