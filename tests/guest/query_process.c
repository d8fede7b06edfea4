/* ai_query about the caller: areas, resident memory, faults by kind. guest-only: the call is
 * SynOS's own. */
#include "test.h"
#include <sys/mman.h>
#include <synos/ai.h>

#define PAGES	64

static struct abi_ai_process query(void)
{
	struct abi_ai_process answer;

	CHECK_EQ(ai_query(ABI_AI_PROCESS, 0, &answer, sizeof(answer)), sizeof(answer));
	CHECK_EQ(answer.pid, getpid());
	CHECK(answer.resident <= answer.resident_peak && answer.resident <= answer.mapped);
	return answer;
}

static char *memory;

static void child(void)
{
	struct abi_ai_process before = query();

	for (int i = 0; i < PAGES; i++)
		memory[i * 4096] = 2;
	CHECK(query().faults_copy - before.faults_copy >= PAGES);
}

int main(void)
{
	struct abi_ai_process before = query(), after;

	memory = mmap(
		NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(memory != MAP_FAILED);
	after = query();
	CHECK_EQ(after.mapped - before.mapped, PAGES * 4096);
	CHECK_EQ(after.resident, before.resident);
	for (int i = 0; i < PAGES; i++)
		memory[i * 4096] = 1;
	after = query();
	CHECK_EQ(after.resident - before.resident, PAGES * 4096);
	CHECK_EQ(after.faults_zero - before.faults_zero, PAGES);
	CHECK_EXIT(child, 0);
	CHECK_EQ(munmap(memory, PAGES * 4096), 0);
	after = query();
	CHECK_EQ(after.mapped, before.mapped);
	CHECK(after.resident_peak >= before.resident + PAGES * 4096);
	PASS();
}
