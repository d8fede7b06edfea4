/* A program takes all addresses there are, or as many mappings as it may have; the calls say ENOMEM
 * then, and all comes back.
 * own-linux: yes
 * guest-only: a host may have little room for it. */
#include "mapping.h"

/* All there is, in pieces that halve; the caller is left with no place for even a page. */
static void all_addresses(void)
{
	unsigned long taken = 0;

	for (unsigned long size = 1ul << 46; size >= PAGE; size /= 2) {
		while (mmap(NULL, size, PROT_NONE, PRIVATE | MAP_NORESERVE, -1, 0) != MAP_FAILED)
			taken += size;
		CHECK_EQ(errno, ENOMEM);
	}
	CHECK(taken > 1ul << 46);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, PRIVATE, -1, 0), ENOMEM);
	CHECK(getpid() > 0);
}

/* Neighbours that cannot be joined. */
static void all_areas(void)
{
	char *place = free_place(400000);
	unsigned long count = 0;

	while (mmap(place + count * PAGE, PAGE, count % 2 ? PROT_READ : RW, PRIVATE | MAP_FIXED, -1, 0) !=
	       MAP_FAILED)
		count++;
	CHECK_EQ(errno, ENOMEM);
	CHECK(count > 1000);
	CHECK_ERRNO(mmap(NULL, PAGE, PROT_EXEC, PRIVATE, -1, 0), ENOMEM);
	/* In the middle of another, it would take two more. */
	place[0] = 1;
	CHECK_EQ(munmap(place, 2 * PAGE), 0);
	CHECK(mmap(place, PAGE, RW, PRIVATE | MAP_FIXED, -1, 0) == place);
	place[0] = 1;
}

/* Everything there is unmapped: the process is gone at its next instruction. */
static void nothing_left(void)
{
	munmap(0, 0x7ffffffff000);
}

int main(void)
{
	CHECK_EXIT(all_addresses, 0);
	CHECK_EXIT(all_areas, 0);
	CHECK_SIGNAL(nothing_left, SIGSEGV);
	PASS();
}
