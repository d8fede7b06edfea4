/* The errors of munmap(2); that nothing was there is none. */
#include "mapping.h"

int main(void)
{
	char *pages = map_pages(2), *place = free_place(8);

	CHECK_ERRNO(munmap(pages + 1, PAGE), EINVAL);
	CHECK_ERRNO(munmap(pages, 0), EINVAL);
	CHECK_ERRNO(munmap(pages + 8, 0), EINVAL);
	CHECK_ERRNO(munmap((void *)0xffff800000000000, PAGE), EINVAL);
	CHECK_ERRNO(munmap((void *)0x7ffffffff000, PAGE), EINVAL);
	CHECK_ERRNO(munmap((void *)0x7fffffffe000, 2 * PAGE), EINVAL);
	CHECK_ERRNO(munmap(pages, -1ul), EINVAL);
	CHECK_ERRNO(munmap(pages, 1ul << 47), EINVAL);
	CHECK_ERRNO(munmap(pages, -(unsigned long)pages), EINVAL);
	CHECK_ERRNO(munmap((void *)-PAGE, PAGE), EINVAL);
	memset(pages, 1, 2 * PAGE);

	CHECK_EQ(munmap(place, 8 * PAGE), 0);
	CHECK_EQ(munmap(place, 1), 0);
	CHECK_EQ(munmap(NULL, PAGE), 0);
	/* Less than a page is a page. */
	CHECK_EQ(munmap(pages, 1), 0);
	CHECK_NOT_READABLE(pages);
	CHECK_EQ(pages[PAGE], 1);
	CHECK_EQ(munmap(pages, 2 * PAGE), 0);
	CHECK_EQ(munmap(pages, 2 * PAGE), 0);
	PASS();
}
