/* The ledger follows what a program holds, and comes back to where it was. guest-only: the call is
 * SynOS's own. */
#include "test.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <synos/ai.h>

static struct abi_ai_ledger ledger(void)
{
	struct abi_ai_ledger answer;

	CHECK_EQ(ai_query(ABI_AI_LEDGER, 0, &answer, sizeof(answer)), sizeof(answer));
	return answer;
}

int main(void)
{
	struct abi_ai_ledger before, after;
	int ends[2], hold[2];
	char byte;

	CHECK_EQ(pipe(hold), 0);
	/* What this program itself uses for the first time has been used then. */
	ledger();
	before = ledger();
	after = ledger();
	CHECK_EQ(memcmp(&before, &after, sizeof(before)), 0);

	CHECK_EQ(pipe(ends), 0);
	after = ledger();
	CHECK_EQ(after.open_files, before.open_files + 2);
	CHECK(after.slab_objects > before.slab_objects);
	close(ends[0]);
	close(ends[1]);

	void *memory = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	void *other = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(memory != MAP_FAILED && other != MAP_FAILED);
	CHECK(ledger().areas > before.areas);
	munmap(memory, 4096);
	munmap(other, 4096);

	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(hold[1]);
		_exit(read(hold[0], &byte, 1));
	}
	after = ledger();
	CHECK_EQ(after.processes, before.processes + 1);
	CHECK_EQ(after.threads, before.threads + 1);
	CHECK(after.frames_used > before.frames_used);
	close(hold[1]);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	after = ledger();
	CHECK_EQ(after.processes, before.processes);
	CHECK_EQ(after.threads, before.threads);
	CHECK_EQ(after.areas, before.areas);
	PASS();
}
