/* A file that is open for reading alone is mapped shared: read only for good, and it shows what
 * others write to the file, and its end. */
#include "mapping.h"

int main(void)
{
	char path[64];
	int writer, reader;
	char *pages;

	strcpy(path, scratch_path("readonly"));
	writer = make_file(path, PAGE);
	reader = open(path, O_RDONLY);
	CHECK(reader >= 0);
	CHECK_ERRNO(mmap(NULL, 2 * PAGE, RW, MAP_SHARED, reader, 0), EACCES);
	pages = mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, reader, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_MAPPING(pages, 2 * PAGE, "r--s");
	CHECK_ERRNO(mprotect(pages, PAGE, RW), EACCES);
	CHECK_NOT_WRITABLE(pages);
	CHECK_EQ(pages[9], 9);
	touched = pages + PAGE;
	CHECK_SIGNAL(touch_read, SIGBUS);

	CHECK_EQ(lseek(writer, 9, SEEK_SET), 9);
	CHECK_EQ(write(writer, "new", 3), 3);
	CHECK_EQ(memcmp(pages + 9, "new", 3), 0);
	CHECK_EQ(lseek(writer, 2 * PAGE - 3, SEEK_SET), 2 * PAGE - 3);
	CHECK_EQ(write(writer, "end", 3), 3);
	CHECK_EQ(memcmp(pages + 2 * PAGE - 3, "end", 3), 0);
	CHECK_EQ(pages[PAGE], 0);

	/* The mapping outlives descriptors and name; and what was cut off is gone from it. */
	CHECK_EQ(close(reader), 0);
	reader = open(path, O_WRONLY | O_TRUNC);
	CHECK(reader >= 0);
	CHECK_SIGNAL(touch_read, SIGBUS);
	CHECK_EQ(write(reader, "again", 5), 5);
	CHECK_EQ(unlink(path), 0);
	CHECK_EQ(close(reader), 0);
	CHECK_EQ(close(writer), 0);
	CHECK_EQ(memcmp(pages, "again\0", 6), 0);
	CHECK_EQ(munmap(pages, 2 * PAGE), 0);
	PASS();
}
