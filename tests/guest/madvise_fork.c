/* What a child gets: MADV_DONTFORK, MADV_WIPEONFORK; and pages made present by advice. */
#include "mapping.h"

static char *pages;

static void child_touches_second(void)
{
	(void)*(volatile char *)(pages + PAGE);
}

static void child_of_child(void)
{
	CHECK_EQ(pages[2 * PAGE], 0);
}

static void wiped_twice(void)
{
	CHECK_EQ(pages[2 * PAGE], 0);
	pages[2 * PAGE] = 'x';
	CHECK_EXIT(child_of_child, 0);
}

static void populate(void)
{
	unsigned char in[4];

	pages = map_pages(4);
	CHECK_EQ(madvise(pages, 2 * PAGE, MADV_POPULATE_READ), 0);
	CHECK_EQ(madvise(pages + 2 * PAGE, PAGE, MADV_POPULATE_WRITE), 0);
	CHECK_EQ(mincore(pages, 4 * PAGE, in), 0);
	CHECK_EQ(in[0], 1);
	CHECK_EQ(in[2], 1);
	CHECK_EQ(in[3], 0);
	CHECK_EQ(mprotect(pages, PAGE, PROT_READ), 0);
	CHECK_ERRNO(madvise(pages, PAGE, MADV_POPULATE_WRITE), EINVAL);
	CHECK_EQ(munmap(pages + PAGE, PAGE), 0);
	CHECK_ERRNO(madvise(pages, 4 * PAGE, MADV_POPULATE_READ), ENOMEM);
	CHECK_EQ(munmap(pages, 4 * PAGE), 0);
}

int main(void)
{
	char *shared = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(shared != MAP_FAILED);
	pages = map_pages(4);
	for (int i = 0; i < 4; i++)
		pages[i * PAGE] = 'a' + i;
	CHECK_EQ(madvise(pages + PAGE, PAGE, MADV_DONTFORK), 0);
	CHECK_EQ(madvise(pages + 2 * PAGE, PAGE, MADV_WIPEONFORK), 0);
	CHECK_SIGNAL(child_touches_second, SIGSEGV);
	CHECK_EXIT(wiped_twice, 0);
	CHECK_EQ(pages[PAGE], 'b');
	CHECK_EQ(pages[2 * PAGE], 'c');
	CHECK_EQ(madvise(pages + PAGE, PAGE, MADV_DOFORK), 0);
	CHECK_EQ(madvise(pages + 2 * PAGE, PAGE, MADV_KEEPONFORK), 0);
	CHECK_EXIT(child_touches_second, 0);
	CHECK_MAPPING(pages, 4 * PAGE, "rw-p");
	CHECK_ERRNO(madvise(shared, PAGE, MADV_WIPEONFORK), EINVAL);
	CHECK_EQ(madvise(shared, PAGE, MADV_DONTFORK), 0);
	CHECK_EQ(munmap(shared, PAGE), 0);
	CHECK_EQ(munmap(pages, 4 * PAGE), 0);
	populate();
	PASS();
}
