/* The errors of mprotect(2). At a hole it stops with ENOMEM, and what lies before has changed. */
#include "mapping.h"

int main(void)
{
	char *place = free_place(16), *pages = place + PAGE;

	CHECK_EQ(mmap(pages, 4 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), pages);
	CHECK_EQ(
		mmap(pages + 6 * PAGE, 4 * PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), pages + 6 * PAGE);

	CHECK_ERRNO(mprotect(pages + 1, PAGE, PROT_READ), EINVAL);
	CHECK_ERRNO(mprotect(pages + 1, 0, PROT_READ), EINVAL);
	CHECK_ERRNO(mprotect(pages, PAGE, 0x40), EINVAL);
	CHECK_ERRNO(mprotect(pages, PAGE, PROT_READ | 0x80), EINVAL);
	CHECK_ERRNO(mprotect(pages, PAGE, PROT_READ | PROT_GROWSDOWN | PROT_GROWSUP), EINVAL);
	CHECK_ERRNO(mprotect(pages, PAGE, PROT_READ | PROT_GROWSDOWN), EINVAL);
	CHECK_ERRNO(mprotect(pages, PAGE, PROT_READ | PROT_GROWSUP), EINVAL);
	CHECK_ERRNO(mprotect(pages, -1ul, PROT_READ), ENOMEM);
	CHECK_ERRNO(mprotect(pages, -PAGE, PROT_READ), ENOMEM);
	CHECK_ERRNO(mprotect(place, PAGE, PROT_READ), ENOMEM);
	CHECK_ERRNO(mprotect(place, 2 * PAGE, PROT_READ), ENOMEM);
	CHECK_ERRNO(mprotect((void *)0xffff800000000000, PAGE, PROT_READ), ENOMEM);
	CHECK_EQ(mprotect(pages, 0, PROT_NONE), 0);
	CHECK_EQ(mprotect(place, 0, PROT_NONE), 0);
	CHECK_MAPPING(pages, 4 * PAGE, "rw-p");
	CHECK_MAPPING(pages + 6 * PAGE, 4 * PAGE, "rw-p");

	CHECK_ERRNO(mprotect(pages + 2 * PAGE, 6 * PAGE, PROT_READ), ENOMEM);
	CHECK_MAPPING(pages, 2 * PAGE, "rw-p");
	CHECK_MAPPING(pages + 2 * PAGE, 2 * PAGE, "r--p");
	CHECK_MAPPING(pages + 6 * PAGE, 4 * PAGE, "rw-p");
	CHECK_EQ(munmap(place, 16 * PAGE), 0);
	PASS();
}
