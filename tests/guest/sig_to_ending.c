/* Signals that are sent to a process while it gives its memory back come to nobody, and are not
 * kept. (The runner's ledger sees one that is.) */
#include "test.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#define SIZE	(48ul << 20)

/* It has much to give back, so that others run meanwhile. */
static void grow_and_end(int ready)
{
	char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	for (size_t at = 0; at < SIZE; at += 4096)
		memory[at] = 1;
	if (write(ready, "r", 1) != 1)
		_exit(2);
	for (;;)
		pause();
}

int main(void)
{
	for (int round = 0; round < 8; round++) {
		int ends[2], status;
		char byte;

		CHECK_EQ(pipe(ends), 0);
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0)
			grow_and_end(ends[1]);
		CHECK_EQ(read(ends[0], &byte, 1), 1);
		CHECK_EQ(kill(child, SIGTERM), 0);
		/* The number is its until it has been waited for. */
		while (waitpid(child, &status, WNOHANG) == 0)
			CHECK_EQ(kill(child, SIGRTMIN + round), 0);
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
		close(ends[0]);
		close(ends[1]);
	}
	PASS();
}
