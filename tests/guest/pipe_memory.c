/* However many processes fill however many pipes, three quarters of the memory stay; writes fail then,
 * nobody is ended, and all is back when the pipes go.
 * guest-only: it takes a quarter of the machine's memory. */
#include "frames.h"
#include "mapping.h"

#include <sys/wait.h>

#define CHILDREN	8	/* for 32 MiB each, as their descriptors go */

static void fill_pipes(int ready, int end)
{
	static char block[65536];
	int ends[2], full = 0;
	char byte;

	memset(block, 1, sizeof(block));
	while (!full && pipe2(ends, O_NONBLOCK) == 0)
		full = write(ends[1], block, sizeof(block)) != sizeof(block);
	CHECK_EQ(write(ready, full ? "f" : "m", 1), 1);
	CHECK_EQ(read(end, &byte, 1), 0);
	_exit(0);
}

int main(void)
{
	int ready[2], end[2], ends[2], full = 0, status;
	unsigned long before = free_frames();
	char byte;

	CHECK_EQ(pipe(ready), 0);
	CHECK_EQ(pipe(end), 0);
	CHECK_EQ(write(ready[1], "r", 1), 1);	/* its page is there */
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	for (int i = 0; i < CHILDREN && !full; i++) {
		pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0) {
			close(end[1]);
			fill_pipes(ready[1], end[0]);
		}
		CHECK_EQ(read(ready[0], &byte, 1), 1);
		full = byte == 'f';
	}
	CHECK(full);
	CHECK(free_frames() > before / 10 * 6);
	CHECK_EQ(pipe(ends), 0);
	CHECK_ERRNO(write(ends[1], "x", 1), ENOMEM);
	CHECK_EQ(close(end[1]), 0);
	while (wait(&status) > 0)
		CHECK_EQ(status, 0);
	CHECK_EQ(write(ends[1], "x", 1), 1);
	PASS();
}
