/* ai_query about memory: the figures agree with each other, and follow what a program does.
 * guest-only: the call is SynOS's own. */
#include "test.h"
#include <sys/mman.h>
#include <synos/ai.h>

#define PAGES	256
#define KEPT	64	/* frames, by another CPU that has nothing to do */

int main(void)
{
	struct abi_ai_memory before, after;
	unsigned long free = 0;

	CHECK_EQ(ai_query(ABI_AI_MEMORY, 0, &before, sizeof(before)), sizeof(before));
	CHECK(before.frames_total > 0);
	CHECK_EQ(before.frames_total, before.frames_free + before.frames_used);
	CHECK(before.frames_used_peak >= before.frames_used &&
		before.frames_used_peak <= before.frames_total);
	CHECK(before.frames_anonymous + before.frames_file + before.frames_page_table +
			before.frames_slab <=
		before.frames_used);
	CHECK(before.orders >= 11 && before.orders <= ABI_AI_ORDERS);
	for (unsigned long order = 0; order < ABI_AI_ORDERS; order++) {
		free += before.free_per_order[order] << order;
		CHECK(order < before.orders || before.free_per_order[order] == 0);
		CHECK(before.free_per_order[order] == 0 || before.largest_free_run >= 1ul << order);
	}
	CHECK(free <= before.frames_free);
	CHECK(before.frames_free - free <= KEPT * (unsigned long)(sysconf(_SC_NPROCESSORS_ONLN) - 1));

	char *memory = mmap(
		NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(memory != MAP_FAILED);
	for (int i = 0; i < PAGES; i++)
		memory[i * 4096] = 1;
	CHECK_EQ(ai_query(ABI_AI_MEMORY, 0, &after, sizeof(after)), sizeof(after));
	CHECK_EQ(after.frames_anonymous - before.frames_anonymous, PAGES);
	CHECK(before.frames_free - after.frames_free >= PAGES);
	CHECK_EQ(munmap(memory, PAGES * 4096), 0);
	CHECK_EQ(ai_query(ABI_AI_MEMORY, 0, &after, sizeof(after)), sizeof(after));
	CHECK_EQ(after.frames_anonymous, before.frames_anonymous);
	PASS();
}
