/* Small mappings far from each other, each touched and unmapped again, leave no page tables behind
 * but for a number that does not grow.
 *
 * guest-only: ai_query is SynOS's own. */
#include "mapping.h"

#include <synos/ai.h>

static unsigned long table_frames(void)
{
	struct abi_ai_memory memory;

	CHECK_EQ(ai_query(ABI_AI_MEMORY, 0, &memory, sizeof(memory)), sizeof(memory));
	return memory.frames_page_table;
}

int main(void)
{
	char *space = mmap(NULL, 8192 * GIB, PROT_NONE, PRIVATE | MAP_NORESERVE, -1, 0);
	unsigned long before = table_frames();

	CHECK(space != MAP_FAILED);
	CHECK_EQ(munmap(space, 8192 * GIB), 0);
	for (unsigned long i = 0; i < 4000; i++) {
		char *page = space + i * 1237 % 8192 * GIB + i * PAGE;

		CHECK_EQ(mmap(page, PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0), page);
		page[0] = 1;
		CHECK_EQ(munmap(page, PAGE), 0);
		CHECK(table_frames() < before + 500);
	}
	/* A large range leaves none. */
	CHECK_EQ(mmap(space, 8192 * GIB, PROT_NONE, PRIVATE | MAP_NORESERVE | MAP_FIXED, -1, 0),
		space);
	for (unsigned long i = 0; i < 8192; i += 100)
		CHECK_EQ(mprotect(space + i * GIB, PAGE, RW), 0);
	for (unsigned long i = 0; i < 8192; i += 100)
		space[i * GIB] = 1;
	CHECK(table_frames() > before + 80);
	CHECK_EQ(munmap(space, 8192 * GIB), 0);
	CHECK(table_frames() < before + 8);
	PASS();
}
