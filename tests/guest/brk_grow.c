/* brk(2): the break moves by bytes, its memory comes and goes by pages, zeroed each time; what it
 * cannot be it does not become. */
#include "mapping.h"

#include <sys/syscall.h>

static unsigned long brk_to(unsigned long address)
{
	return syscall(SYS_brk, address);
}

int main(void)
{
	unsigned long old = brk_to(0), start = (old + PAGE - 1) & -PAGE;
	char *heap = (char *)start;

	CHECK(old != 0);
	CHECK_EQ(brk_to(0), old);
	CHECK_EQ(brk_to(1), old);
	CHECK_EQ(brk_to(start + 10 * PAGE), start + 10 * PAGE);
	for (size_t i = 0; i < 10 * PAGE; i++)
		CHECK_EQ(heap[i], 0);
	memset(heap, 5, 10 * PAGE);

	/* Less, by part of a page: the page stays. */
	CHECK_EQ(brk_to(start + 5 * PAGE + 1), start + 5 * PAGE + 1);
	CHECK_EQ(heap[6 * PAGE - 1], 5);
	CHECK_NOT_READABLE(heap + 6 * PAGE);
	CHECK_EQ(brk_to(start + 5 * PAGE), start + 5 * PAGE);
	CHECK_NOT_READABLE(heap + 5 * PAGE);
	CHECK_EQ(brk_to(start + 10 * PAGE), start + 10 * PAGE);
	for (size_t i = 0; i < 10 * PAGE; i++)
		CHECK_EQ(heap[i], i < 5 * PAGE ? 5 : 0);

	/* Where it cannot go. */
	CHECK_EQ(brk_to(0xffff800000000000), start + 10 * PAGE);
	CHECK_EQ(brk_to(-1ul), start + 10 * PAGE);
	CHECK_EQ(brk_to(0x7ffffffff000), start + 10 * PAGE);
	CHECK_EQ(brk_to(0x10000), start + 10 * PAGE);

	/* A page of it may have rights of its own, or be something else. */
	CHECK_EQ(mprotect(heap + 2 * PAGE, PAGE, PROT_READ), 0);
	CHECK_EQ(heap[2 * PAGE], 5);
	CHECK_EQ(munmap(heap + 3 * PAGE, PAGE), 0);
	CHECK_EQ(brk_to(start + 12 * PAGE), start + 12 * PAGE);
	CHECK_EQ(heap[4 * PAGE], 5);
	CHECK_EQ(brk_to(start), start);
	CHECK_NOT_READABLE(heap);
	CHECK_EQ(brk_to(old), old);
	PASS();
}
