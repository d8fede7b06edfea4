/* MAP_POPULATE and MAP_LOCKED give the same memory, only earlier; also where populating is not
 * possible. */
#include "mapping.h"

int main(void)
{
	const char *path = scratch_path("populate");
	int fd = make_file(path, 3 * PAGE);
	char *pages = mmap(NULL, 32 * PAGE, RW, PRIVATE | MAP_POPULATE, -1, 0);

	CHECK(pages != MAP_FAILED);
	for (size_t i = 0; i < 32 * PAGE; i++)
		CHECK_EQ(pages[i], 0);
	pages[5] = 1;
	CHECK_EQ(munmap(pages, 32 * PAGE), 0);

	pages = mmap(NULL, 4 * PAGE, RW, PRIVATE | MAP_LOCKED, -1, 0);
	CHECK(pages != MAP_FAILED);
	pages[3 * PAGE] = 1;
	CHECK_EQ(munmap(pages, 4 * PAGE), 0);

	pages = mmap(NULL, 4 * PAGE, PROT_NONE, PRIVATE | MAP_POPULATE, -1, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_NOT_READABLE(pages);
	CHECK_EQ(munmap(pages, 4 * PAGE), 0);

	/* The last page is behind the end of the file. */
	pages = mmap(NULL, 4 * PAGE, RW, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_EQ(pages[2 * PAGE + 1], 3);
	pages[0] = 99;
	CHECK_EQ(munmap(pages, 4 * PAGE), 0);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
