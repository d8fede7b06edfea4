/* The program's own parts as its file has them: code that cannot be written, constants that cannot,
 * data that cannot be run; and mprotect can change that for this process alone. */
#include "mapping.h"

static const char constant[] = "constant";
static char data[] = { (char)0xc3 };	/* ret */

__attribute__((noinline))
static int answer(void)
{
	return 42;
}

static void write_constant(void)
{
	char *page = (char *)((unsigned long)constant & -PAGE);

	CHECK_EQ(mprotect(page, PAGE, RW), 0);
	*(volatile char *)constant = 'k';
	CHECK_EQ(((volatile const char *)constant)[0], 'k');
	CHECK_EQ(((volatile const char *)constant)[1], 'o');
}

int main(void)
{
	CHECK_NOT_WRITABLE((unsigned long)answer);
	CHECK_NOT_WRITABLE((unsigned long)constant);
	touched = data;
	CHECK_SIGNAL(touch_execute, SIGSEGV);
	CHECK_EXIT(write_constant, 0);
	CHECK_STR(constant, "constant");
	CHECK_EQ(answer(), 42);
	PASS();
}
