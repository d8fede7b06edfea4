/* Several processes together want more memory than there is, at once, on as many CPUs as there are:
 * some end, the others get all they want, one after the other; and all of it is back.
 * guest-only: it takes all memory of the machine. */
#define _GNU_SOURCE
#include "frames.h"
#include "ledger.h"
#include "mapping.h"

#define PROCESSES	6

/* Touches its share, forks in between, and reads into it. */
static void want(size_t size)
{
	char *memory = mmap(NULL, size, RW, PRIVATE | MAP_NORESERVE, -1, 0);
	int zero = open("/dev/zero", O_RDONLY);

	CHECK(memory != MAP_FAILED);
	for (size_t at = 0; at + MIB <= size; at += MIB) {
		if (at % (2 * MIB))
			CHECK_EQ(read(zero, memory + at, MIB), MIB);
		else
			for (size_t page = 0; page < MIB; page += PAGE)
				memory[at + page] = 1;
	}
	for (size_t at = 0; at + MIB <= size; at += 2 * MIB)
		CHECK_EQ(memory[at] + memory[at + MIB - PAGE], 2);
	_exit(0);
}

int main(void)
{
	unsigned long before = free_frames();
	size_t size = before * PAGE / 2 & -MIB;
	int killed = 0;

	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < PROCESSES; i++) {
			pid_t child = fork();

			CHECK(child >= 0);
			if (child == 0)
				want(size);
		}
		for (int i = 0; i < PROCESSES; i++) {
			int status;

			CHECK(wait(&status) > 0);
			CHECK(status == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
			killed += status != 0;
		}
	}
	CHECK(killed < 2 * PROCESSES);
	for (int tries = 0; free_frames() + 64 < before; tries++) {
		CHECK(tries < SETTLE_TRIES);
		settle();
	}
	PASS();
}
