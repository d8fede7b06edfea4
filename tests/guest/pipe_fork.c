/* The end of file comes when the last of all descriptors for writing is closed, whoever has it. */
#include "test.h"

int main(void)
{
	int ends[2], gate[2], copy, status;
	char byte;

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(pipe(gate), 0);
	copy = dup(ends[1]);
	if (fork() == 0) {
		close(ends[0]);
		close(gate[1]);
		CHECK_EQ(read(gate[0], &byte, 1), 0);	/* the parent lets go */
		CHECK_EQ(write(ends[1], "c", 1), 1);
		_exit(0);
	}
	close(gate[0]);
	close(ends[1]);
	CHECK_EQ(write(copy, "p", 1), 1);
	close(copy);
	CHECK_EQ(read(ends[0], &byte, 1), 1);
	CHECK_EQ(byte, 'p');
	close(gate[1]);
	CHECK_EQ(read(ends[0], &byte, 1), 1);	/* waits: the child still has both */
	CHECK_EQ(byte, 'c');
	CHECK_EQ(read(ends[0], &byte, 1), 0);
	close(ends[0]);
	CHECK(wait(&status) > 0);
	CHECK_EQ(status, 0);
	PASS();
}
