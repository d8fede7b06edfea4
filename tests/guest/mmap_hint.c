/* An address without MAP_FIXED is a wish: granted if the whole range is free, rounded down to a
 * page, and never at the price of another mapping. */
#include "mapping.h"

int main(void)
{
	char *place = free_place(16), *other;

	CHECK_EQ(mmap(place + 4 * PAGE, 2 * PAGE, RW, PRIVATE, -1, 0), place + 4 * PAGE);
	CHECK_EQ(mmap(place + 9 * PAGE + 123, PAGE, RW, PRIVATE, -1, 0), place + 9 * PAGE);
	memset(place + 4 * PAGE, 7, 2 * PAGE);

	/* Taken, at its start, its end or in between. */
	for (size_t at = 3; at <= 5; at++) {
		other = mmap(place + at * PAGE, 2 * PAGE, RW, PRIVATE, -1, 0);
		CHECK(other != MAP_FAILED &&
			(other >= place + 6 * PAGE || other + 2 * PAGE <= place + 4 * PAGE));
		CHECK(other != place + at * PAGE);
		CHECK_EQ(munmap(other, 2 * PAGE), 0);
	}
	for (size_t i = 0; i < 2 * PAGE; i++)
		CHECK_EQ(place[4 * PAGE + i], 7);

	/* Exactly the hole between the two. */
	CHECK_EQ(mmap(place + 6 * PAGE, 3 * PAGE, RW, PRIVATE, -1, 0), place + 6 * PAGE);

	/* Wishes that no one can grant. */
	other = mmap((void *)0xffff800000000000, PAGE, RW, PRIVATE, -1, 0);
	CHECK(other != MAP_FAILED && (unsigned long)other < 0x7ffffffff000);
	CHECK_EQ(munmap(other, PAGE), 0);
	other = mmap((void *)0x7fffffffe000, 4 * PAGE, RW, PRIVATE, -1, 0);
	CHECK(other != MAP_FAILED && (unsigned long)other + 4 * PAGE <= 0x7ffffffff000);
	CHECK_EQ(munmap(other, 4 * PAGE), 0);
	CHECK_EQ(munmap(place, 16 * PAGE), 0);
	PASS();
}
