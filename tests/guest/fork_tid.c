/* clone with CLONE_CHILD_SETTID, as the fork of glibc has it: the child finds its thread ID in its own memory, the parent's
 * stays as it was, and a bad place is no error. */
#define _GNU_SOURCE
#include "test.h"
#include <sys/syscall.h>

#define CHILD_CLEARTID	0x200000
#define CHILD_SETTID	0x1000000

static volatile int tid = -1;

static int child_says(volatile int *place)
{
	int status;
	pid_t child = syscall(SYS_clone, CHILD_SETTID | CHILD_CLEARTID | SIGCHLD, 0, 0, place, 0);

	if (child == 0)
		_exit(tid == getpid() ? 1 : tid == -1 ? 2 : 3);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

int main(void)
{
	CHECK_EQ(child_says(&tid), 1);
	CHECK_EQ(tid, -1);
	CHECK_EQ(child_says((volatile int *)8), 2);
	CHECK_EQ(child_says((volatile int *)0xffff800000000000ul), 2);
	PASS();
}
