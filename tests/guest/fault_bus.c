/* Behind a file's end: the rest of its last page is zero, whole pages end with SIGBUS, until the
 * file has grown. */
#include "mapping.h"

static char *pages;

static void read_second(void)
{
	(void)*(volatile char *)(pages + PAGE);
}

static void write_third(void)
{
	*(volatile char *)(pages + 2 * PAGE) = 1;
}

static void check_bus(int flags, int fd)
{
	pages = mmap(NULL, 3 * PAGE, RW, flags, fd, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_EQ(pages[99], 99);
	for (size_t i = 100; i < PAGE; i++)
		CHECK_EQ(pages[i], 0);
	CHECK_SIGNAL(read_second, SIGBUS);
	CHECK_SIGNAL(write_third, SIGBUS);
}

int main(void)
{
	const char *path = scratch_path("bus");
	int fd = make_file(path, 100);
	char byte = 5;

	check_bus(MAP_PRIVATE, fd);
	check_bus(MAP_SHARED, fd);
	CHECK_EQ(lseek(fd, PAGE + 7, SEEK_SET), PAGE + 7);
	CHECK_EQ(write(fd, &byte, 1), 1);
	CHECK_EXIT(read_second, 0);
	CHECK_EQ(pages[PAGE + 7], 5);
	CHECK_EQ(pages[PAGE + 6], 0);
	CHECK_SIGNAL(write_third, SIGBUS);
	CHECK_EQ(close(fd), 0);

	/* Truncated under the mapping. */
	fd = open(path, O_RDWR | O_TRUNC);
	CHECK(fd >= 0);
	CHECK_SIGNAL(read_second, SIGBUS);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
