/* Parts of mappings are unmapped: the start, the end, the middle, and across several with holes;
 * the rest stays as it is. */
#include "mapping.h"

static char *fresh(size_t count)
{
	char *pages = map_pages(count);

	for (size_t i = 0; i < count; i++)
		memset(pages + i * PAGE, (int)i + 1, PAGE);
	return pages;
}

static void check(const char *pages, size_t from, size_t to)
{
	for (size_t i = from * PAGE; i < to * PAGE; i++)
		CHECK_EQ(pages[i], (char)(i / PAGE + 1));
}

int main(void)
{
	char *pages = fresh(9);

	CHECK_EQ(munmap(pages, 2 * PAGE), 0);
	check(pages, 2, 9);
	CHECK_NOT_READABLE(pages + 2 * PAGE - 1);
	CHECK_EQ(munmap(pages + 7 * PAGE, 2 * PAGE), 0);
	check(pages, 2, 7);
	CHECK_NOT_READABLE(pages + 7 * PAGE);
	CHECK_EQ(munmap(pages + 4 * PAGE, PAGE), 0);
	check(pages, 2, 4);
	check(pages, 5, 7);
	CHECK_NOT_READABLE(pages + 4 * PAGE);
	CHECK_NOT_READABLE(pages + 5 * PAGE - 1);

	/* Over both pieces and the holes around them. */
	CHECK_EQ(mprotect(pages + 5 * PAGE, PAGE, PROT_READ), 0);
	CHECK_EQ(munmap(pages + 3 * PAGE, 3 * PAGE), 0);
	check(pages, 2, 3);
	check(pages, 6, 7);
	CHECK_NOT_READABLE(pages + 3 * PAGE);
	CHECK_NOT_READABLE(pages + 5 * PAGE);
	CHECK_WRITABLE(pages + 6 * PAGE);
	CHECK_EQ(munmap(pages, 9 * PAGE), 0);
	for (size_t i = 0; i < 9; i++)
		CHECK_NOT_READABLE(pages + i * PAGE);
	PASS();
}
