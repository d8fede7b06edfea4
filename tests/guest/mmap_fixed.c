/* MAP_FIXED takes its place whatever is there: part of a mapping, several of them, with holes or
 * without. */
#include "mapping.h"

static void within_one(void)
{
	char *pages = map_pages(8);

	memset(pages, 1, 8 * PAGE);
	CHECK_EQ(mmap(pages + 3 * PAGE, 2 * PAGE, PROT_READ, PRIVATE | MAP_FIXED, -1, 0),
		pages + 3 * PAGE);
	for (size_t i = 0; i < 8 * PAGE; i++)
		CHECK_EQ(pages[i], i / PAGE == 3 || i / PAGE == 4 ? 0 : 1);
	CHECK_MAPPING(pages + 3 * PAGE, 2 * PAGE, "r--p");
	CHECK_NOT_WRITABLE(pages + 3 * PAGE);
	CHECK_WRITABLE(pages + 5 * PAGE);
	CHECK_EQ(munmap(pages, 8 * PAGE), 0);
}

static void over_several(void)
{
	char *place = free_place(20);

	for (size_t at = 2; at < 18; at += 4)
		CHECK_EQ(mmap(place + at * PAGE, 2 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0),
			place + at * PAGE);
	for (size_t at = 2; at < 18; at += 4)
		memset(place + at * PAGE, 3, 2 * PAGE);
	/* From the middle of the first to the middle of the last. */
	CHECK_EQ(mmap(place + 3 * PAGE, 12 * PAGE, PROT_READ, PRIVATE | MAP_FIXED, -1, 0),
		place + 3 * PAGE);
	CHECK_MAPPING(place + 2 * PAGE, PAGE, "rw-p");
	CHECK_MAPPING(place + 3 * PAGE, 12 * PAGE, "r--p");
	CHECK_MAPPING(place + 15 * PAGE, PAGE, "rw-p");
	CHECK_EQ(place[3 * PAGE - 1], 3);
	CHECK_EQ(place[15 * PAGE], 3);
	for (size_t i = 3 * PAGE; i < 15 * PAGE; i++)
		CHECK_EQ(place[i], 0);
	CHECK_EQ(munmap(place, 20 * PAGE), 0);
}

int main(void)
{
	within_one();
	over_several();
	PASS();
}
