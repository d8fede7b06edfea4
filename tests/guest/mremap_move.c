/* mremap(2): a mapping shrinks, grows where it is, or moves with what is in it. */
#include "mapping.h"

#define BIG	1200	/* pages, in several page tables */

static void in_place(void)
{
	char *pages = map_pages(8);

	for (int i = 0; i < 8; i++)
		pages[i * PAGE] = 'a' + i;
	CHECK_EQ(mremap(pages, 8 * PAGE, 8 * PAGE, 0), pages);
	CHECK_EQ(mremap(pages, 8 * PAGE, 3 * PAGE, 0), pages);
	CHECK_MAPPING(pages, 3 * PAGE, "rw-p");
	CHECK_NOT_READABLE(pages + 3 * PAGE);
	CHECK_EQ(mremap(pages, 3 * PAGE, 5 * PAGE + 1, 0), pages);
	CHECK_MAPPING(pages, 6 * PAGE, "rw-p");
	CHECK_EQ(pages[2 * PAGE], 'c');
	CHECK_EQ(pages[3 * PAGE], 0);
	CHECK_EQ(pages[6 * PAGE - 1], 0);

	/* A part of a mapping shrinks: a hole. What is behind it stays, and is in the way then. */
	CHECK_EQ(mremap(pages, 2 * PAGE, PAGE, 0), pages);
	CHECK_NOT_READABLE(pages + PAGE);
	CHECK_EQ(pages[2 * PAGE], 'c');
	CHECK_ERRNO(mremap(pages, PAGE, 3 * PAGE, 0), ENOMEM);
	CHECK_EQ(mremap(pages, PAGE, 2 * PAGE, 0), pages);
	CHECK_MAPPING(pages, 6 * PAGE, "rw-p");
	CHECK_EQ(munmap(pages, 6 * PAGE), 0);
}

static void moves(void)
{
	char *pages = map_pages(BIG + 1), *moved;

	for (size_t i = 0; i < BIG; i += 3)
		*(long *)(pages + i * PAGE) = i;
	CHECK_EQ(mprotect(pages + BIG * PAGE, PAGE, PROT_NONE), 0);
	CHECK_ERRNO(mremap(pages, BIG * PAGE, 2 * BIG * PAGE, 0), ENOMEM);
	moved = mremap(pages, BIG * PAGE, 2 * BIG * PAGE, MREMAP_MAYMOVE);
	CHECK(moved != MAP_FAILED && moved != pages);
	for (size_t i = 0; i < 2 * BIG; i++)
		CHECK_EQ(*(long *)(moved + i * PAGE), i < BIG && i % 3 == 0 ? i : 0);
	CHECK_NOT_READABLE(pages);
	CHECK_NOT_READABLE(pages + (BIG - 1) * PAGE);

	/* The middle alone moves. */
	CHECK_EQ(mprotect(moved + 600 * PAGE, PAGE, PROT_READ), 0);
	CHECK_ERRNO(mremap(moved + 300 * PAGE, 400 * PAGE, 500 * PAGE, MREMAP_MAYMOVE), EFAULT);
	CHECK_EQ(mprotect(moved + 600 * PAGE, PAGE, RW), 0);
	pages = mremap(moved + 300 * PAGE, 300 * PAGE, 301 * PAGE, MREMAP_MAYMOVE);
	CHECK(pages != MAP_FAILED && pages != moved + 300 * PAGE);
	CHECK_EQ(*(long *)pages, 300);
	CHECK_EQ(*(long *)(moved + 297 * PAGE), 297);
	CHECK_EQ(*(long *)(moved + 600 * PAGE), 600);
	CHECK_NOT_READABLE(moved + 300 * PAGE);
	CHECK_EQ(munmap(moved, 2 * BIG * PAGE), 0);
	CHECK_EQ(munmap(pages, 301 * PAGE), 0);
}

static char *shared;

static void child_writes(void)
{
	shared[0] = 'c';
}

/* Copies after a fork, and pages of files, go on being what they were. */
static void kinds(void)
{
	int fd = make_file(scratch_path("mremap"), 4 * PAGE);
	char *pages = map_pages(2), *moved;

	unlink(scratch_path("mremap"));
	pages[0] = 'p';
	shared = pages;
	CHECK_EXIT(child_writes, 0);
	moved = mremap(pages, PAGE, 4 * PAGE, MREMAP_MAYMOVE);
	CHECK(moved != MAP_FAILED);
	CHECK_EQ(moved[0], 'p');
	shared = moved;
	CHECK_EXIT(child_writes, 0);
	moved[1] = 'q';
	CHECK_EQ(moved[0], 'p');
	CHECK_EQ(munmap(moved, 4 * PAGE), 0);
	munmap(pages + PAGE, PAGE);

	pages = mmap(NULL, PAGE, RW, MAP_SHARED, fd, PAGE);
	CHECK(pages != MAP_FAILED);
	moved = mremap(pages, PAGE, 3 * PAGE, MREMAP_MAYMOVE);
	CHECK(moved != MAP_FAILED);
	moved[2 * PAGE + 7] = 'f';
	CHECK_EQ(lseek(fd, 3 * PAGE + 7, SEEK_SET), 3 * PAGE + 7);
	char byte = 0;
	CHECK_EQ(read(fd, &byte, 1), 1);
	CHECK_EQ(byte, 'f');

	/* An old length of 0 maps shared pages a second time. */
	shared = mremap(moved, 0, PAGE, MREMAP_MAYMOVE);
	CHECK(shared != MAP_FAILED && shared != moved);
	CHECK_EXIT(child_writes, 0);
	CHECK_EQ(moved[0], 'c');
	CHECK_EQ(munmap(shared, PAGE), 0);
	CHECK_EQ(munmap(moved, 3 * PAGE), 0);
	CHECK_EQ(close(fd), 0);
}

/* Shared memory has the size that it was made with. */
static void behind_shared(void)
{
	char *pages = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(pages != MAP_FAILED);
	touched = mremap(pages, PAGE, 2 * PAGE, MREMAP_MAYMOVE);
	CHECK(touched != MAP_FAILED);
	touched[0] = 1;
	touched += PAGE;
	CHECK_SIGNAL(touch_write, SIGBUS);
	CHECK_EQ(munmap((char *)touched - PAGE, 2 * PAGE), 0);
}

int main(void)
{
	in_place();
	moves();
	kinds();
	behind_shared();
	PASS();
}
