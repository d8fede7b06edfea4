/* /proc/self/maps shows one mapping wherever neighbours are the same, and several where rights
 * differ. */
#include "mapping.h"

static void rights_split_and_join(void)
{
	char *place = free_place(12), *pages = place + PAGE;

	CHECK_EQ(mmap(pages, 9 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), pages);
	CHECK_MAPPING(pages, 9 * PAGE, "rw-p");
	CHECK_EQ(mprotect(pages + 3 * PAGE, 3 * PAGE, PROT_READ), 0);
	CHECK_MAPPING(pages, 3 * PAGE, "rw-p");
	CHECK_MAPPING(pages + 3 * PAGE, 3 * PAGE, "r--p");
	CHECK_MAPPING(pages + 6 * PAGE, 3 * PAGE, "rw-p");
	CHECK_EQ(mprotect(pages + 4 * PAGE, PAGE, PROT_NONE), 0);
	CHECK_MAPPING(pages + 3 * PAGE, PAGE, "r--p");
	CHECK_MAPPING(pages + 4 * PAGE, PAGE, "---p");
	CHECK_MAPPING(pages + 5 * PAGE, PAGE, "r--p");
	CHECK_EQ(mprotect(pages + 2 * PAGE, 3 * PAGE, PROT_READ | PROT_EXEC), 0);
	CHECK_MAPPING(pages + 2 * PAGE, 3 * PAGE, "r-xp");
	CHECK_EQ(mprotect(pages, 9 * PAGE, RW), 0);
	CHECK_MAPPING(pages, 9 * PAGE, "rw-p");
	CHECK_EQ(munmap(place, 12 * PAGE), 0);
}

static void neighbours_join(void)
{
	char *place = free_place(12), *pages = place + PAGE;

	CHECK_EQ(mmap(pages, 2 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), pages);
	CHECK_EQ(
		mmap(pages + 4 * PAGE, 2 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), pages + 4 * PAGE);
	CHECK_EQ(
		mmap(pages + 2 * PAGE, 2 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), pages + 2 * PAGE);
	CHECK_MAPPING(pages, 6 * PAGE, "rw-p");
	CHECK_EQ(mmap(pages + 6 * PAGE, PAGE, PROT_READ, PRIVATE | MAP_FIXED, -1, 0),
		pages + 6 * PAGE);
	CHECK_MAPPING(pages, 6 * PAGE, "rw-p");
	pages[0] = 1;
	pages[4 * PAGE] = 2;
	CHECK_EQ(munmap(pages + 2 * PAGE, 2 * PAGE), 0);
	CHECK_MAPPING(pages, 2 * PAGE, "rw-p");
	CHECK_MAPPING(pages + 4 * PAGE, 2 * PAGE, "rw-p");
	CHECK_EQ(pages[0] + pages[4 * PAGE], 3);
	CHECK_EQ(munmap(place, 12 * PAGE), 0);
}

/* Pages of a file join only where the file goes on. */
static void files(void)
{
	const char *path = scratch_path("split");
	char *place = free_place(12), *pages = place + PAGE;
	int fd = make_file(path, 8 * PAGE);
	struct mapping mapping;

	CHECK_EQ(mmap(pages, 2 * PAGE, RW, MAP_PRIVATE | MAP_FIXED, fd, PAGE), pages);
	CHECK_EQ(mmap(pages + 2 * PAGE, 2 * PAGE, RW, MAP_PRIVATE | MAP_FIXED, fd, 3 * PAGE),
		pages + 2 * PAGE);
	CHECK_MAPPING(pages, 4 * PAGE, "rw-p");
	CHECK_EQ(
		mmap(pages + 4 * PAGE, PAGE, RW, MAP_PRIVATE | MAP_FIXED, fd, 0), pages + 4 * PAGE);
	CHECK_MAPPING(pages, 4 * PAGE, "rw-p");
	CHECK_EQ(mprotect(pages + PAGE, PAGE, PROT_READ), 0);
	CHECK(mapping_at(pages + 2 * PAGE, &mapping));
	CHECK_EQ(mapping.offset, 3 * PAGE);
	CHECK_EQ(munmap(pages, PAGE), 0);
	CHECK(mapping_at(pages + PAGE, &mapping));
	CHECK_EQ(mapping.offset, 2 * PAGE);
	CHECK(strstr(mapping.name, "split"));
	for (size_t at = 1; at < 4; at++)
		CHECK_EQ(pages[at * PAGE + 5], (char)(5 + at + 1));
	CHECK_EQ(munmap(place, 12 * PAGE), 0);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink(path), 0);
}

int main(void)
{
	rights_split_and_join();
	neighbours_join();
	files();
	PASS();
}
