/* mremap(2) to a given place, which takes the place of what is there; and one that leaves the old
 * place mapped. */
#include "mapping.h"

int main(void)
{
	char *pages = map_pages(4), *place = map_pages(8), *again;
	struct mapping mapping;

	for (int i = 0; i < 4; i++)
		pages[i * PAGE] = 'a' + i;
	memset(place, 'x', 8 * PAGE);

	/* Moved and longer, over a part of something else. */
	CHECK_EQ(mremap(pages, 3 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, place + PAGE),
		place + PAGE);
	CHECK_EQ(place[0], 'x');
	CHECK_EQ(place[PAGE], 'a');
	CHECK_EQ(place[PAGE + 1], 0);
	CHECK_EQ(place[3 * PAGE], 'c');
	CHECK_EQ(place[4 * PAGE], 0);
	CHECK_EQ(place[5 * PAGE], 'x');
	CHECK_NOT_READABLE(pages + 2 * PAGE);
	CHECK_EQ(pages[3 * PAGE], 'd');

	/* Moved and shorter. */
	CHECK_EQ(mremap(place + PAGE, 4 * PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, pages), pages);
	CHECK_EQ(pages[0], 'a');
	CHECK_NOT_READABLE(place + PAGE);
	CHECK_NOT_READABLE(place + 4 * PAGE);
	CHECK_NOT_READABLE(pages + PAGE);

	/* The old place stays, empty. */
	CHECK_EQ(mprotect(place + 6 * PAGE, PAGE, PROT_READ), 0);
	again = mremap(place + 6 * PAGE, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
	CHECK(again != MAP_FAILED && again != place + 6 * PAGE);
	CHECK_EQ(again[5], 'x');
	CHECK_EQ(place[6 * PAGE + 5], 0);
	CHECK(mapping_at(again, &mapping));
	CHECK_STR(mapping.rights, "r--p");
	PASS();
}
