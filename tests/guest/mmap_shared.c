/* Shared memory: one for parent and child, anonymous or of a file; and what is written to a file's
 * reaches the file. */
#include "mapping.h"

#define PAGES	700	/* more than one table of the kernel's leads to */

static char *shared;

static void write_all(void)
{
	for (size_t i = 0; i < PAGES; i++)
		shared[i * PAGE + i] = (char)(i + 1);
}

static void check_all(void)
{
	for (size_t i = 0; i < PAGES; i++)
		CHECK_EQ(shared[i * PAGE + i], (char)(i + 1));
}

static void anonymous(void)
{
	char *again;

	shared = mmap(NULL, PAGES * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	shared[3] = 3;				/* one page before the fork, the others after it */
	CHECK_EXIT(write_all, 0);
	check_all();
	CHECK_EQ(shared[3], 3);
	CHECK_EXIT(check_all, 0);
	CHECK_MAPPING(shared, PAGES * PAGE, "rw-s");

	/* Without rights and back, and in parts. */
	CHECK_EQ(mprotect(shared, PAGES * PAGE, PROT_NONE), 0);
	CHECK_NOT_READABLE(shared);
	CHECK_EQ(mprotect(shared, PAGES * PAGE, PROT_READ), 0);
	check_all();
	CHECK_NOT_WRITABLE(shared + PAGE);
	CHECK_EQ(mprotect(shared, PAGES * PAGE, RW), 0);
	CHECK_EQ(munmap(shared + 100 * PAGE, PAGE), 0);
	CHECK_EQ(shared[101 * PAGE + 101], 102);
	CHECK_EQ(shared[99 * PAGE + 99], 100);

	/* Two mappings are two memories. */
	again = mmap(shared + 100 * PAGE, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	CHECK_EQ(again, shared + 100 * PAGE);
	CHECK_EQ(again[100], 0);
	CHECK_EQ(munmap(shared, PAGES * PAGE), 0);
}

static void file_write(void)
{
	shared[PAGE + 1] = 55;
}

static void of_a_file(void)
{
	const char *path = scratch_path("shared");
	int fd = make_file(path, 2 * PAGE);
	char *other = mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, fd, 0), byte;

	shared = mmap(NULL, 2 * PAGE, RW, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED && other != MAP_FAILED);
	CHECK_EQ(other[PAGE + 1], 2);
	CHECK_EXIT(file_write, 0);
	CHECK_EQ(shared[PAGE + 1], 55);
	CHECK_EQ(other[PAGE + 1], 55);
	CHECK_EQ(lseek(fd, PAGE + 1, SEEK_SET), PAGE + 1);
	CHECK_EQ(read(fd, &byte, 1), 1);
	CHECK_EQ(byte, 55);
	byte = 66;
	CHECK_EQ(write(fd, &byte, 1), 1);
	CHECK_EQ(shared[PAGE + 2], 66);
	CHECK_EQ(munmap(shared, 2 * PAGE), 0);
	CHECK_EQ(munmap(other, 2 * PAGE), 0);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink(path), 0);
}

int main(void)
{
	anonymous();
	of_a_file();
	PASS();
}
