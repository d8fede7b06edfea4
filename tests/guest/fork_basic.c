/* fork: the child gets 0 and another PID, memory of its own with the contents of the parent's, and
 * the same open files. */
#include "test.h"

static int value = 1;
static pid_t parent;
static int ends[2];

static void child(void)
{
	CHECK(getpid() != parent);
	CHECK_EQ(getppid(), parent);
	CHECK_EQ(value, 2);
	value = 3;
	CHECK_EQ(write(ends[1], "x", 1), 1);
	close(ends[0]);
}

int main(void)
{
	int local = 4;
	char byte = 0;
	int *heap = malloc(sizeof(*heap));

	*heap = 5;
	parent = getpid();
	CHECK_EQ(pipe(ends), 0);
	value = 2;
	CHECK_EXIT(child, 0);
	CHECK_EQ(value, 2);
	CHECK(local == 4 && *heap == 5);
	/* The child has closed its descriptor, not ours. */
	CHECK_EQ(read(ends[0], &byte, 1), 1);
	CHECK_EQ(byte, 'x');
	PASS();
}
