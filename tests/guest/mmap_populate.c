/* MAP_POPULATE and MAP_LOCKED give the same memory, only earlier; also where populating is not
 * possible. */
#include "mapping.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ	22
#define MADV_POPULATE_WRITE	23
#endif

/* A stack grows for who touches it, not for who asks for pages. */
static void below_stack(void)
{
	char *stack = mmap(free_place(4096) + 2048 * PAGE, PAGE, RW,
		PRIVATE | MAP_FIXED | MAP_GROWSDOWN, -1, 0);

	CHECK(stack != MAP_FAILED);
	CHECK_ERRNO(madvise(stack - PAGE, PAGE, MADV_POPULATE_READ), ENOMEM);
	CHECK_ERRNO(madvise(stack - PAGE, 2 * PAGE, MADV_POPULATE_WRITE), ENOMEM);
	CHECK_ERRNO(msync(stack - PAGE, PAGE, MS_ASYNC), ENOMEM);
	CHECK_EQ(madvise(stack, PAGE, MADV_POPULATE_WRITE), 0);
	stack[-1] = 1;
	CHECK_EQ(madvise(stack - PAGE, PAGE, MADV_POPULATE_READ), 0);
	CHECK_EQ(munmap(stack - PAGE, 2 * PAGE), 0);
}

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
	below_stack();
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink(path), 0);
	PASS();
}
