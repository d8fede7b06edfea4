/* The stack keeps 256 pages away from a mapping below it that could be overrun; one without rights
 * may be close. */
#include "mapping.h"

#define GUARD	(256 * PAGE)

static char *wall, *top;	/* one page mapped below the stack, and the stack's lowest byte */

static void grow_to_guard(void)
{
	*(volatile char *)(wall + PAGE + GUARD) = 1;
}

static void grow_into_guard(void)
{
	*(volatile char *)(wall + PAGE + GUARD - PAGE) = 1;
}

static void grow_to_wall(void)
{
	*(volatile char *)(wall + PAGE) = 1;
}

int main(void)
{
	struct mapping stack;
	char here, *free_page;

	CHECK(mapping_at(&here, &stack));
	top = (char *)stack.start;
	wall = top - 400 * PAGE;
	CHECK_EQ(mmap(wall, PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0), wall);
	CHECK_EXIT(grow_to_guard, 0);
	CHECK_SIGNAL(grow_into_guard, SIGSEGV);
	CHECK_SIGNAL(grow_to_wall, SIGSEGV);
	CHECK_EQ(mprotect(wall, PAGE, PROT_NONE), 0);
	CHECK_EXIT(grow_into_guard, 0);
	CHECK_EXIT(grow_to_wall, 0);
	CHECK_EQ(munmap(wall, PAGE), 0);
	CHECK_EXIT(grow_to_wall, 0);

	/* A wish for the stack's own guard is not granted. */
	free_page = mmap(top - 10 * PAGE, PAGE, RW, PRIVATE, -1, 0);
	CHECK(free_page != MAP_FAILED && free_page != top - 10 * PAGE);
	PASS();
}
