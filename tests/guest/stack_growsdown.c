/* MAP_GROWSDOWN: a mapping that grows when the page below it is touched, as stacks do. */
#include "mapping.h"

static char *area;

static void touch_below(void)
{
	for (int i = 1; i <= 20; i++)
		area[-i * (long)PAGE] = (char)i;
	for (int i = 1; i <= 20; i++)
		CHECK_EQ(area[-i * (long)PAGE], i);
	CHECK_MAPPING(area - 20 * PAGE, 22 * PAGE, "rw-p");
}

int main(void)
{
	char *place = free_place(2000);
	char *other;

	area = place + 1500 * PAGE;
	CHECK_EQ(mmap(area, 2 * PAGE, RW, PRIVATE | MAP_GROWSDOWN | MAP_FIXED_NOREPLACE, -1, 0),
		area);
	area[0] = 1;
	CHECK_EXIT(touch_below, 0);
	CHECK_MAPPING(area, 2 * PAGE, "rw-p");

	/* mprotect from wherever it begins. */
	touch_below();
	CHECK_EQ(mprotect(area, PAGE, PROT_READ | PROT_GROWSDOWN), 0);
	CHECK_NOT_WRITABLE(area - 20 * PAGE);
	CHECK_NOT_WRITABLE(area);
	CHECK_WRITABLE(area + PAGE);
	CHECK_EQ(mprotect(area, PAGE, RW | PROT_GROWSDOWN), 0);

	other = area - 20 * PAGE - 257 * PAGE;
	CHECK_EQ(mmap(other, PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0), other);
	CHECK_NOT_WRITABLE(other + 5 * PAGE);
	CHECK_EQ(area[0], 1);
	CHECK_EQ(munmap(place, 2000 * PAGE), 0);
	PASS();
}
