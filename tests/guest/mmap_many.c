/* A space has a limit of mappings: at it, whatever needs one more fails with ENOMEM and changes
 * nothing, and what needs fewer works. */
#include "mapping.h"

#define PAGES	(1ul << 20)	/* enough for a limit of twice as many */

int main(void)
{
	char *pages = mmap(NULL, PAGES * PAGE, PROT_NONE, PRIVATE | MAP_NORESERVE, -1, 0);
	size_t at = 1;

	CHECK(pages != MAP_FAILED);
	/* Every other page readable: two mappings more each time. */
	while (at < PAGES - 8 && mprotect(pages + at * PAGE, PAGE, PROT_READ) == 0)
		at += 2;
	CHECK_EQ(errno, ENOMEM);
	CHECK(at < PAGES - 8 && at > 30000);
	CHECK_EQ(pages[PAGE], 0);

	/* Up to one short of the limit, then to it. */
	while (mprotect(pages + (PAGES - 1) * PAGE, PAGE, PROT_READ) == 0 &&
		munmap(pages + (PAGES - 3) * PAGE, PAGE) == 0)
		;
	CHECK_ERRNO(mprotect(pages + (at + 1) * PAGE, PAGE, PROT_READ), ENOMEM);
	CHECK_ERRNO(munmap(pages + (at + 3) * PAGE, PAGE), ENOMEM);

	/* Fewer. */
	CHECK_EQ(mprotect(pages + PAGE, PAGE, PROT_NONE), 0);
	CHECK_EQ(munmap(pages + (at + 3) * PAGE, PAGE), 0);
	CHECK_EQ(munmap(pages, PAGES * PAGE), 0);
	pages = map_pages(1);
	pages[0] = 1;
	PASS();
}
