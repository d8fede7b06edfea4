/* Rights and copying are two things: a page shared by fork that becomes writable in one process is
 * still copied, and pages without rights go through fork with their contents. */
#include "mapping.h"

static char *pages;

static void child(void)
{
	CHECK_EQ(mprotect(pages, 4 * PAGE, RW), 0);
	for (int i = 0; i < 4; i++)
		CHECK_EQ(pages[i * PAGE], i + 1);
	for (int i = 0; i < 4; i++)
		pages[i * PAGE] = 99;
	CHECK_EQ(mprotect(pages, 4 * PAGE, PROT_READ), 0);
	CHECK_EQ(mprotect(pages, 4 * PAGE, RW), 0);
	pages[PAGE + 1] = 98;
}

int main(void)
{
	pages = map_pages(4);
	for (int i = 0; i < 4; i++)
		pages[i * PAGE] = (char)(i + 1);
	CHECK_EQ(mprotect(pages + PAGE, PAGE, PROT_READ), 0);
	CHECK_EQ(mprotect(pages + 2 * PAGE, PAGE, PROT_NONE), 0);
	for (int round = 0; round < 3; round++) {
		CHECK_EXIT(child, 0);
		CHECK_EQ(pages[0], 1);
		CHECK_EQ(pages[PAGE], 2);
		CHECK_EQ(pages[PAGE + 1], 0);
		CHECK_EQ(pages[3 * PAGE], 4);
		CHECK_NOT_WRITABLE(pages + PAGE);
		CHECK_NOT_READABLE(pages + 2 * PAGE);
	}
	CHECK_EQ(mprotect(pages, 4 * PAGE, RW), 0);
	CHECK_EQ(pages[2 * PAGE], 3);
	pages[2 * PAGE] = 7;
	CHECK_EQ(pages[2 * PAGE], 7);
	PASS();
}
