/* Of two that hold the same, the younger one ends when memory runs out; the older one keeps all it
 * had.
 * guest-only: it takes all memory of the machine. */
#include "frames.h"
#include "mapping.h"

static int ready[2], go[2];

static pid_t start(size_t size)
{
	pid_t child = fork();
	char byte;

	CHECK(child >= 0);
	if (child == 0) {
		char *memory = mmap(NULL, size, RW, PRIVATE | MAP_NORESERVE, -1, 0);

		CHECK(memory != MAP_FAILED);
		for (size_t at = 0; at < size; at += PAGE)
			memory[at] = (char)(at / PAGE + 1);
		CHECK_EQ(write(ready[1], "r", 1), 1);
		CHECK_EQ(read(go[0], &byte, 1), 1);
		for (size_t at = 0; at < size; at += PAGE)
			CHECK_EQ(memory[at], (char)(at / PAGE + 1));
		_exit(0);
	}
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	return child;
}

int main(void)
{
	size_t half = free_frames() / 100 * 45 * PAGE;
	int status;

	CHECK_EQ(pipe(ready), 0);
	CHECK_EQ(pipe(go), 0);
	for (int round = 0; round < 2; round++) {
		pid_t older = start(half), younger = start(half);
		size_t rest = (free_frames() + 200) * PAGE;
		char *memory = mmap(NULL, rest, RW, PRIVATE | MAP_NORESERVE, -1, 0);

		CHECK(memory != MAP_FAILED);
		for (size_t at = 0; at < rest; at += PAGE)
			memory[at] = 1;
		CHECK_EQ(waitpid(younger, &status, 0), younger);
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
		CHECK_EQ(write(go[1], "g", 1), 1);
		CHECK_EQ(waitpid(older, &status, 0), older);
		CHECK_EQ(status, 0);
		CHECK_EQ(munmap(memory, rest), 0);
	}
	PASS();
}
