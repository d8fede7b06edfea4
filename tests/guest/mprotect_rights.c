/* Each right by itself: what is allowed works, what is not ends with SIGSEGV; contents outlive any
 * change of rights. */
#include "mapping.h"

/* mov eax, 42; ret */
static const unsigned char code[] = { 0xb8, 42, 0, 0, 0, 0xc3 };

int main(void)
{
	char *pages = map_pages(4);

	for (size_t i = 0; i < 4 * PAGE; i++)
		pages[i] = (char)(i * 7);

	CHECK_EQ(mprotect(pages, 4 * PAGE, PROT_READ), 0);
	CHECK_READABLE(pages);
	CHECK_NOT_WRITABLE(pages + PAGE);
	CHECK_EQ(mprotect(pages + PAGE, 2 * PAGE, PROT_NONE), 0);
	CHECK_NOT_READABLE(pages + PAGE);
	CHECK_NOT_WRITABLE(pages + 2 * PAGE);
	CHECK_READABLE(pages + 3 * PAGE);
	CHECK_EQ(mprotect(pages, 4 * PAGE, PROT_WRITE), 0);	/* on x86, who writes reads */
	for (size_t i = 0; i < 4 * PAGE; i++)
		CHECK_EQ(pages[i], (char)(i * 7));

	/* Code runs only where it may, written or not. */
	CHECK_EQ(mprotect(pages, 4 * PAGE, RW), 0);
	memcpy(pages, code, sizeof(code));
	touched = pages;
	CHECK_SIGNAL(touch_execute, SIGSEGV);
	CHECK_EQ(mprotect(pages, PAGE, PROT_READ | PROT_EXEC), 0);
	CHECK_EQ(((int (*)(void))pages)(), 42);
	CHECK_NOT_WRITABLE(pages);
	CHECK_EQ(mprotect(pages, PAGE, PROT_EXEC), 0);
	CHECK_EQ(((int (*)(void))pages)(), 42);
	CHECK_EQ(mprotect(pages, PAGE, RW), 0);
	CHECK_SIGNAL(touch_execute, SIGSEGV);
	CHECK_EQ(mprotect(pages, PAGE, RW | PROT_EXEC), 0);
	pages[1] = 43;
	CHECK_EQ(((int (*)(void))pages)(), 43);

	/* Pages that nobody has touched yet. */
	CHECK_EQ(munmap(pages, 4 * PAGE), 0);
	pages = mmap(NULL, 3 * PAGE, PROT_NONE, PRIVATE, -1, 0);
	CHECK(pages != MAP_FAILED);
	CHECK_NOT_READABLE(pages);
	CHECK_EQ(mprotect(pages, PAGE, PROT_READ), 0);
	CHECK_EQ(pages[0], 0);
	CHECK_NOT_WRITABLE(pages);
	CHECK_EQ(mprotect(pages, PAGE, RW), 0);
	pages[0] = 1;
	CHECK_NOT_READABLE(pages + PAGE);
	CHECK_EQ(munmap(pages, 3 * PAGE), 0);
	PASS();
}
