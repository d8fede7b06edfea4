/* A file is written from its own mapping, and read into it: the copy faults on the very file that
 * the call works on. */
#include "mapping.h"

static void round_with(int flags, int fd)
{
	char *pages = mmap(NULL, 4 * PAGE, RW, flags, fd, 0);

	CHECK(pages != MAP_FAILED);
	/* Page 3 of the mapping, never touched, goes to page 0 of the file. */
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(write(fd, pages + 3 * PAGE, PAGE), PAGE);
	for (size_t i = 0; i < PAGE; i++)
		CHECK_EQ(pages[i], (char)(i + 3));
	/* Page 1 of the file into page 2 of the mapping. */
	CHECK_EQ(lseek(fd, PAGE, SEEK_SET), PAGE);
	CHECK_EQ(read(fd, pages + 2 * PAGE, PAGE), PAGE);
	for (size_t i = 0; i < PAGE; i++)
		CHECK_EQ(pages[2 * PAGE + i], (char)(i + 1));
	CHECK_EQ(munmap(pages, 4 * PAGE), 0);
}

int main(void)
{
	const char *path = scratch_path("same");
	int fd = make_file(path, 4 * PAGE);

	round_with(MAP_PRIVATE, fd);
	CHECK_EQ(close(fd), 0);
	fd = make_file(path, 4 * PAGE);
	round_with(MAP_SHARED, fd);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
