/* Anonymous memory reads as zero when it is new, wherever a page was before, and keeps what is
 * written. */
#include "mapping.h"

#define PAGES	64

static void check_zero(const char *pages)
{
	for (size_t i = 0; i < PAGES * PAGE; i++)
		CHECK_EQ(pages[i], 0);
}

int main(void)
{
	char *pages = map_pages(PAGES);

	check_zero(pages);
	for (int round = 0; round < 4; round++) {
		memset(pages, 0xa5, PAGES * PAGE);
		CHECK_EQ(munmap(pages, PAGES * PAGE), 0);
		CHECK_EQ(
			mmap(pages, PAGES * PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0), pages);
		check_zero(pages);
		/* Replaced in one step as well. */
		memset(pages, 0x5a, PAGES * PAGE);
		CHECK_EQ(mmap(pages, PAGES * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), pages);
		for (size_t i = 0; i < PAGES; i++)
			pages[i * PAGE + i] = (char)i;
		for (size_t i = 0; i < PAGES * PAGE; i++)
			CHECK_EQ(pages[i], i % PAGE == i / PAGE ? (char)(i / PAGE) : 0);
	}
	CHECK_EQ(munmap(pages, PAGES * PAGE), 0);
	PASS();
}
