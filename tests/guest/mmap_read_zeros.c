/* Fresh private memory that is only read takes none: more of it than the machine has can be read. What
 * is written is one's own, before and after fork, and nowhere else.
 * guest-only: it asks the kernel for what it counts. */
#include "mapping.h"

#include <synos/ai.h>

static struct abi_ai_memory memory(void)
{
	struct abi_ai_memory now;

	CHECK_EQ(ai_query(ABI_AI_MEMORY, 0, &now, sizeof(now)), sizeof(now));
	return now;
}

static unsigned long resident(void)
{
	struct abi_ai_process now;

	CHECK_EQ(ai_query(ABI_AI_PROCESS, 0, &now, sizeof(now)), sizeof(now));
	return now.resident / PAGE;
}

#define PAGES	3000

static char *pages;

static void check_pages(char one, char two)
{
	for (size_t i = 0; i < PAGES; i++) {
		CHECK_EQ(pages[i * PAGE], i % 3 == 1 ? one : i % 3 == 2 ? two : 0);
		CHECK_EQ(pages[i * PAGE + PAGE - 1], 0);
	}
}

static void child(void)
{
	check_pages(1, 0);
	for (size_t i = 2; i < PAGES; i += 3)
		pages[i * PAGE] = 2;
	check_pages(1, 2);
	CHECK_EQ(mprotect(pages, PAGES * PAGE, PROT_READ), 0);
	check_pages(1, 2);
	CHECK_EQ(mprotect(pages, PAGES * PAGE, RW), 0);
	for (size_t i = 0; i < PAGES; i += 3)
		pages[i * PAGE + 1] = 9;
	check_pages(1, 2);
}

int main(void)
{
	size_t most = memory().frames_total * 2 * PAGE;
	char *much = mmap(NULL, most, RW, PRIVATE | MAP_NORESERVE, -1, 0);

	CHECK(much != MAP_FAILED);
	for (size_t at = 0; at < most; at += PAGE)
		CHECK_EQ(much[at], 0);
	CHECK_EQ(munmap(much, most), 0);

	pages = map_pages(PAGES);
	unsigned long before = resident();
	check_pages(0, 0);
	CHECK_EQ(resident(), before);
	for (size_t i = 1; i < PAGES; i += 3)
		pages[i * PAGE] = 1;
	CHECK_EQ(resident(), before + PAGES / 3);
	check_pages(1, 0);
	CHECK_EXIT(child, 0);
	check_pages(1, 0);
	pages = mremap(pages, PAGES * PAGE, 2 * PAGES * PAGE, MREMAP_MAYMOVE);
	CHECK(pages != MAP_FAILED);
	check_pages(1, 0);
	CHECK_EQ(madvise(pages, PAGES * PAGE, MADV_DONTNEED), 0);
	CHECK_EQ(resident(), before);
	check_pages(0, 0);
	CHECK_EQ(munmap(pages, 2 * PAGES * PAGE), 0);
	PASS();
}
