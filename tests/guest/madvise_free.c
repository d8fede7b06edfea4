/* madvise(2): pages that are given back are as if never touched; other advice changes nothing. */
#include "mapping.h"

static void dont_need(void)
{
	char *pages = map_pages(600);

	memset(pages, 'x', 600 * PAGE);
	CHECK_EQ(madvise(pages + PAGE, 598 * PAGE - 1, MADV_DONTNEED), 0);
	CHECK_EQ(pages[PAGE - 1], 'x');
	CHECK_EQ(pages[PAGE], 0);
	CHECK_EQ(pages[599 * PAGE - 1], 0);
	CHECK_EQ(pages[599 * PAGE], 'x');
	CHECK_MAPPING(pages, 600 * PAGE, "rw-p");
	pages[PAGE] = 'y';
	CHECK_EQ(madvise(pages, PAGE, MADV_WILLNEED), 0);
	CHECK_EQ(madvise(pages, PAGE, MADV_SEQUENTIAL), 0);
	CHECK_EQ(pages[0], 'x');

	/* Each page may keep what it had, or lose it. */
	CHECK_EQ(madvise(pages, 2 * PAGE, MADV_FREE), 0);
	CHECK(pages[0] == 'x' || pages[0] == 0);
	pages[0] = 'z';
	CHECK_EQ(pages[0], 'z');

	/* With a hole, what is mapped is done all the same. */
	CHECK_EQ(munmap(pages + PAGE, PAGE), 0);
	pages[2 * PAGE] = 'w';
	CHECK_ERRNO(madvise(pages, 3 * PAGE, MADV_DONTNEED), ENOMEM);
	CHECK_EQ(pages[0], 0);
	CHECK_EQ(pages[2 * PAGE], 0);
	CHECK_EQ(munmap(pages, 600 * PAGE), 0);
}

/* A private copy becomes the file's page again; a shared page has never been anything else. */
static void of_a_file(void)
{
	int fd = make_file(scratch_path("madvise"), PAGE);
	char *private = mmap(NULL, PAGE, RW, MAP_PRIVATE, fd, 0);
	char *shared = mmap(NULL, PAGE, RW, MAP_SHARED, fd, 0);

	unlink(scratch_path("madvise"));
	CHECK(private != MAP_FAILED && shared != MAP_FAILED);
	private[7] = 'p';
	shared[8] = 's';
	CHECK_EQ(private[8], 8);
	CHECK_EQ(madvise(private, PAGE, MADV_DONTNEED), 0);
	CHECK_EQ(madvise(shared, PAGE, MADV_DONTNEED), 0);
	CHECK_EQ(private[7], 7);
	CHECK_EQ(private[8], 's');
	CHECK_EQ(shared[8], 's');
	CHECK_ERRNO(madvise(private, PAGE, MADV_FREE), EINVAL);
	CHECK_EQ(msync(shared, PAGE, MS_SYNC), 0);
	CHECK_EQ(munmap(private, PAGE), 0);
	CHECK_EQ(munmap(shared, PAGE), 0);
	CHECK_EQ(close(fd), 0);
}

static void errors(void)
{
	char *pages = map_pages(1), *none = free_place(1);

	CHECK_ERRNO(madvise(pages, PAGE, 12345), EINVAL);
	CHECK_ERRNO(madvise(pages + 1, PAGE, MADV_DONTNEED), EINVAL);
	CHECK_ERRNO(madvise(pages, -1ul, MADV_DONTNEED), EINVAL);
	CHECK_ERRNO(madvise(pages, -PAGE, MADV_DONTNEED), EINVAL);
	CHECK_EQ(madvise(none, 0, MADV_DONTNEED), 0);
	CHECK_ERRNO(madvise(none, PAGE, MADV_DONTNEED), ENOMEM);
	CHECK_ERRNO(madvise(none, PAGE, MADV_NORMAL), ENOMEM);
	CHECK_EQ(posix_madvise(none, PAGE, POSIX_MADV_NORMAL), ENOMEM);
	CHECK_EQ(posix_madvise(pages, PAGE, 99), EINVAL);
	pages[0] = 1;
	CHECK_EQ(posix_madvise(pages, PAGE, POSIX_MADV_DONTNEED), 0);
	CHECK_EQ(pages[0], 1);
	CHECK_ERRNO(msync(pages, PAGE, 8), EINVAL);
	CHECK_ERRNO(msync(pages, PAGE, MS_SYNC | MS_ASYNC), EINVAL);
	CHECK_ERRNO(msync(pages + 1, PAGE, MS_SYNC), EINVAL);
	CHECK_ERRNO(msync(none, PAGE, MS_ASYNC), ENOMEM);
	CHECK_ERRNO(msync(pages, -PAGE, MS_ASYNC), ENOMEM);
	CHECK_EQ(msync(none, 0, 0), 0);
}

int main(void)
{
	dont_need();
	of_a_file();
	errors();
	PASS();
}
