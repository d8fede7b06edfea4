/* What mremap(2) refuses, and that it has changed nothing then. */
#include "mapping.h"

int main(void)
{
	char *pages = map_pages(4), *none = free_place(4), *file;
	int fd = make_file(scratch_path("mremap"), PAGE);

	unlink(scratch_path("mremap"));
	pages[0] = 1;
	CHECK_ERRNO(mremap(pages, PAGE, PAGE, 8), EINVAL);
	CHECK_ERRNO(mremap(pages + 1, PAGE, PAGE, 0), EINVAL);
	CHECK_ERRNO(mremap(pages, PAGE, 0, 0), EINVAL);
	CHECK_ERRNO(mremap(pages, PAGE, -1ul, MREMAP_MAYMOVE), EINVAL);
	CHECK_ERRNO(mremap(pages, PAGE, PAGE, MREMAP_FIXED, none), EINVAL);
	CHECK_ERRNO(mremap(pages, 0, PAGE, MREMAP_MAYMOVE), EINVAL);
	CHECK_ERRNO(mremap(none, PAGE, 2 * PAGE, MREMAP_MAYMOVE), EFAULT);
	CHECK_ERRNO(mremap(none, 2 * PAGE, PAGE, 0), EFAULT);
	CHECK_ERRNO(mremap((void *)(-1ul << 47), PAGE, PAGE, 0), EFAULT);
	CHECK_ERRNO(mremap(pages, 5 * PAGE, 6 * PAGE, MREMAP_MAYMOVE), EFAULT);
	CHECK_ERRNO(mremap(pages, PAGE, 1ul << 46, MREMAP_MAYMOVE), ENOMEM);
	/* Shrinking may span holes, but not the end of what can be mapped. */
	CHECK_ERRNO(mremap(pages, 1ul << 47, PAGE, 0), EINVAL);
	CHECK_ERRNO(mremap(pages, -PAGE, PAGE, 0), EINVAL);
	CHECK_ERRNO(mremap(pages, -PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, none), EINVAL);
	CHECK_EQ(mremap(pages, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE), pages);
	/* Nor to a fixed place, which is unmapped first: one below, or the two would overlap. */
	char *below = mmap((void *)0x10000000, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned long kernel_too = -PAGE - (unsigned long)pages;
	CHECK(below < pages);
	CHECK_ERRNO(mremap(pages, 1ul << 47, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, below), EINVAL);
	CHECK_ERRNO(mremap(pages, kernel_too, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, below), EINVAL);

	/* To a place that is unaligned, too high, or its own. */
	CHECK_ERRNO(mremap(pages, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, none + 1), EINVAL);
	CHECK_ERRNO(mremap(pages, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, -PAGE), EINVAL);
	CHECK_ERRNO(mremap(pages, 2 * PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, pages + PAGE), EINVAL);
	CHECK_ERRNO(mremap(pages, PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP), EINVAL);

	file = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(file != MAP_FAILED);
	CHECK_ERRNO(mremap(file, 0, PAGE, MREMAP_MAYMOVE), EINVAL);
	CHECK_MAPPING(pages, 4 * PAGE, "rw-p");
	CHECK_EQ(pages[0], 1);
	PASS();
}
