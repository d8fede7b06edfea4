/* Private mappings of a file: the file's bytes until a page is written, and never a write that
 * reaches the file. The mapping outlives the descriptor and the name. */
#include "mapping.h"

static char bytes[3 * PAGE];

static void check_file(int fd)
{
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, bytes, sizeof(bytes)), 2 * PAGE + 100);
	for (size_t i = 0; i < 2 * PAGE + 100; i++)
		CHECK_EQ(bytes[i], (char)(i + i / PAGE));
}

int main(void)
{
	const char *path = scratch_path("file");
	int fd = make_file(path, 2 * PAGE + 100);
	char *first = mmap(NULL, 2 * PAGE + 100, RW, MAP_PRIVATE, fd, 0);
	char *second = mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, fd, PAGE);

	CHECK(first != MAP_FAILED && second != MAP_FAILED);
	for (size_t i = 0; i < 3 * PAGE; i++)
		CHECK_EQ(first[i], i < 2 * PAGE + 100 ? (char)(i + i / PAGE) : 0);
	for (size_t i = 0; i < PAGE + 100; i++)
		CHECK_EQ(second[i], first[PAGE + i]);

	/* One page written after it was read, one before. */
	first[10] = 77;
	CHECK_EQ(munmap(first, 3 * PAGE), 0);
	first = mmap(NULL, 3 * PAGE, RW, MAP_PRIVATE, fd, 0);
	CHECK(first != MAP_FAILED);
	CHECK_EQ(first[10], 10);
	first[PAGE + 10] = 78;
	CHECK_EQ(first[PAGE + 10], 78);
	CHECK_EQ(first[PAGE + 11], 12);
	CHECK_EQ(second[10], 11);
	first[2 * PAGE + 200] = 79;
	check_file(fd);

	CHECK_EQ(unlink(path), 0);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(first[10], 10);
	CHECK_EQ(first[PAGE + 10], 78);
	CHECK_EQ(second[PAGE + 99], (char)(99 + 2));
	CHECK_NOT_WRITABLE(second);
	CHECK_EQ(munmap(first, 3 * PAGE), 0);
	CHECK_EQ(munmap(second, 2 * PAGE), 0);
	PASS();
}
