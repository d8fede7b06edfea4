/* What of a file may be mapped depends on what it is and how it was opened; mprotect asks again. */
#include "mapping.h"

int main(void)
{
	const char *path = scratch_path("errors");
	int fd = make_file(path, 2 * PAGE), read_only, write_only, ends[2], directory;
	char *pages;

	read_only = open(path, O_RDONLY);
	write_only = open(path, O_WRONLY);
	directory = open("/tmp", O_RDONLY);
	CHECK(read_only >= 0 && write_only >= 0 && directory >= 0);
	CHECK_EQ(pipe(ends), 0);

	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, write_only, 0), EACCES);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_NONE, MAP_SHARED, write_only, 0), EACCES);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_SHARED, read_only, 0), EACCES);
	/* What is wrong with the request itself comes before what the file allows. */
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, 0, write_only, 0), EINVAL);
	CHECK_ERRNO(mmap((void *)17, PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, write_only, 0), EINVAL);
	CHECK_ERRNO(mmap(NULL, 1ul << 62, PROT_READ, MAP_PRIVATE, write_only, 0), ENOMEM);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, ends[0], 0), ENODEV);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, directory, 0), ENODEV);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, 0, read_only, 0), EINVAL);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, read_only, 17), EINVAL);
	CHECK_ERRNO(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, read_only, 0), EINVAL);
	CHECK_ERRNO(mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, read_only, -PAGE), EOVERFLOW);
	CHECK_ERRNO(mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, read_only, INT64_MAX & -PAGE),
		EOVERFLOW);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_GROWSDOWN, read_only, 0), EINVAL);

	/* Who may not read a file can have it open all the same, and no mapping shows it then. */
	int place = open(path, O_PATH), neither = open(path, O_ACCMODE);
	CHECK(place >= 0 && neither >= 0);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, place, 0), EBADF);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, place, 0), EBADF);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, neither, 0), EACCES);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_NONE, MAP_SHARED, neither, 0), EACCES);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_READ, MAP_SHARED_VALIDATE | 0x200000, read_only, 0),
		EOPNOTSUPP);

	CHECK_EQ(
		munmap(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | 0x200000, read_only, 0), PAGE), 0);

	pages = mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, read_only, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_ERRNO(mprotect(pages, PAGE, RW), EACCES);
	CHECK_ERRNO(mprotect(pages, 2 * PAGE, PROT_WRITE), EACCES);
	CHECK_EQ(mprotect(pages, PAGE, PROT_NONE), 0);
	CHECK_EQ(mprotect(pages, PAGE, PROT_READ), 0);
	CHECK_EQ(munmap(pages, 2 * PAGE), 0);

	/* The copy is the process's own. */
	pages = mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, read_only, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_EQ(mprotect(pages, PAGE, RW), 0);
	pages[0] = 5;
	pages = mmap(NULL, 2 * PAGE, RW, MAP_SHARED_VALIDATE, fd, 0);
	CHECK(pages != MAP_FAILED && pages[0] == 0);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
