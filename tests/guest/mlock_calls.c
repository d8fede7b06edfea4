/* mlock(2) and its kin: pages are there at once, counted, kept from madvise; errors. */
#include "mapping.h"

#include <sys/resource.h>

static long locked_kib(void)
{
	static char text[8192];
	int fd = open("/proc/self/status", O_RDONLY);
	ssize_t length = read(fd, text, sizeof(text) - 1);

	CHECK(length > 0);
	text[length] = '\0';
	CHECK_EQ(close(fd), 0);
	char *line = strstr(text, "VmLck:");
	CHECK(line);
	return strtol(line + 6, NULL, 10);
}

static int present(char *page)
{
	unsigned char in = 9;

	CHECK_EQ(mincore(page, PAGE, &in), 0);
	return in & 1;
}

static void ranges(void)
{
	char *pages = map_pages(8);

	CHECK_EQ(present(pages + PAGE), 0);
	CHECK_EQ(mlock(pages + PAGE + 5, PAGE), 0);	/* parts of two pages */
	CHECK_EQ(present(pages), 0);
	CHECK_EQ(present(pages + PAGE), 1);
	CHECK_EQ(present(pages + 2 * PAGE), 1);
	CHECK_EQ(present(pages + 3 * PAGE), 0);
	CHECK_EQ(locked_kib(), 8);
	CHECK_EQ(mlock(pages, 4 * PAGE), 0);
	CHECK_EQ(locked_kib(), 16);
	pages[0] = 'x';
	CHECK_ERRNO(madvise(pages, PAGE, MADV_DONTNEED), EINVAL);
	CHECK_ERRNO(madvise(pages, PAGE, MADV_FREE), EINVAL);
	CHECK_ERRNO(msync(pages, PAGE, MS_INVALIDATE), EBUSY);
	CHECK_EQ(pages[0], 'x');
	CHECK_EQ(munlock(pages + PAGE, PAGE), 0);
	CHECK_EQ(locked_kib(), 12);
	CHECK_EQ(munmap(pages, PAGE), 0);
	CHECK_EQ(locked_kib(), 8);
	CHECK_ERRNO(mlock(pages, 2 * PAGE), ENOMEM);
	CHECK_ERRNO(munlock(pages, PAGE), ENOMEM);
	CHECK_EQ(mlock(pages, 0), 0);
	CHECK_ERRNO(mlock(pages, -2 * PAGE), EINVAL);
	CHECK_EQ(munlock(pages + PAGE, 7 * PAGE), 0);
	CHECK_EQ(locked_kib(), 0);

	/* What nobody may touch cannot be made present, but is locked. */
	CHECK_EQ(mprotect(pages + PAGE, PAGE, PROT_NONE), 0);
	CHECK_ERRNO(mlock(pages + PAGE, PAGE), ENOMEM);
	CHECK_EQ(locked_kib(), 4);
	CHECK_EQ(munlock(pages + PAGE, PAGE), 0);
	CHECK_ERRNO(mlock2(pages + 2 * PAGE, PAGE, 2), EINVAL);
	CHECK_EQ(mlock2(pages + 4 * PAGE, PAGE, MLOCK_ONFAULT), 0);
	CHECK_EQ(present(pages + 4 * PAGE), 0);
	CHECK_EQ(locked_kib(), 4);
	CHECK_EQ(munmap(pages + PAGE, 7 * PAGE), 0);
	CHECK_EQ(locked_kib(), 0);
}

/* The lock goes with the pages, also from a place that stays. */
static void moves(void)
{
	char *pages = map_pages(2), *moved;

	CHECK_EQ(mlock(pages, 2 * PAGE), 0);
	pages[PAGE] = 'x';
	moved = mremap(pages, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
	CHECK(moved != MAP_FAILED);
	CHECK_EQ(moved[PAGE], 'x');
	CHECK_EQ(present(pages + PAGE), 0);
	CHECK_EQ(madvise(pages, 2 * PAGE, MADV_DONTNEED), 0);
	CHECK_ERRNO(madvise(moved, PAGE, MADV_DONTNEED), EINVAL);
	CHECK_EQ(munmap(pages, 2 * PAGE), 0);
	CHECK_EQ(munmap(moved, 2 * PAGE), 0);
}

static void of_child(void)
{
	CHECK_EQ(locked_kib(), 0);
}

static void everything(void)
{
	char *before = map_pages(2), *after, *longer;

	CHECK_ERRNO(mlockall(0), EINVAL);
	CHECK_ERRNO(mlockall(8), EINVAL);
	CHECK_ERRNO(mlockall(MCL_ONFAULT), EINVAL);
	CHECK_EQ(mlockall(MCL_FUTURE), 0);
	CHECK_EQ(present(before), 0);
	after = map_pages(2);
	CHECK_EQ(present(after), 1);
	CHECK_EQ(locked_kib(), 8);
	longer = mremap(after, 2 * PAGE, 4 * PAGE, MREMAP_MAYMOVE);
	CHECK(longer != MAP_FAILED);
	CHECK_EQ(present(longer + 3 * PAGE), 1);
	CHECK_EQ(locked_kib(), 16);
	char *heap = sbrk(3 * PAGE);
	CHECK(heap != (void *)-1);
	CHECK_EQ(present((char *)(((unsigned long)heap + 2 * PAGE) & -PAGE)), 1);
	CHECK_EXIT(of_child, 0);
	CHECK_EQ(mlockall(MCL_CURRENT), 0);
	CHECK_EQ(present(before), 1);
	after = map_pages(1);
	CHECK_EQ(present(after), 0);
	CHECK_EQ(munlockall(), 0);
	CHECK_EQ(locked_kib(), 0);
	CHECK_EQ(mlockall(MCL_FUTURE | MCL_ONFAULT), 0);
	after = map_pages(1);
	CHECK_EQ(present(after), 0);
	CHECK_EQ(locked_kib(), 4);
	CHECK_EQ(munlockall(), 0);
	after = mmap(NULL, PAGE, RW, PRIVATE | MAP_LOCKED, -1, 0);
	CHECK(after != MAP_FAILED);
	CHECK_EQ(present(after), 1);
	CHECK_EQ(locked_kib(), 4);
}

/* RLIMIT_MEMLOCK holds for who is not user 0. */
static void limited(void)
{
	struct rlimit limit = { 8 * PAGE, 8 * PAGE };
	char *pages = map_pages(16), *more;

	CHECK_EQ(setrlimit(RLIMIT_MEMLOCK, &limit), 0);
	CHECK_EQ(mlock(pages, 16 * PAGE), 0);
	CHECK_EQ(munlock(pages, 16 * PAGE), 0);
	CHECK_EQ(setresuid(1000, 1000, 1000), 0);
	CHECK_ERRNO(mlock(pages, 9 * PAGE), ENOMEM);
	CHECK_EQ(mlock(pages, 8 * PAGE), 0);
	CHECK_EQ(mlock(pages, 8 * PAGE), 0);
	CHECK_ERRNO(mlock(pages + 8 * PAGE, 1), ENOMEM);
	CHECK_ERRNO(mlockall(MCL_CURRENT), ENOMEM);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, PRIVATE | MAP_LOCKED, -1, 0), EAGAIN);
	CHECK_EQ(munlock(pages, 4 * PAGE), 0);
	more = mmap(NULL, 2 * PAGE, RW, PRIVATE | MAP_LOCKED, -1, 0);
	CHECK(more != MAP_FAILED);
	CHECK_ERRNO(mremap(more, 2 * PAGE, 5 * PAGE, MREMAP_MAYMOVE), EAGAIN);
	CHECK_EQ(munlockall(), 0);
	CHECK_EQ(mlockall(MCL_FUTURE), 0);
	CHECK_ERRNO(mmap(NULL, 9 * PAGE, RW, PRIVATE, -1, 0), EAGAIN);
	CHECK_ERRNO(sbrk(20 * PAGE), ENOMEM);
	limit.rlim_cur = 0;
	CHECK_EQ(setrlimit(RLIMIT_MEMLOCK, &limit), 0);
	CHECK_ERRNO(mlock(pages, 1), EPERM);
	CHECK_ERRNO(mlockall(MCL_CURRENT), EPERM);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, PRIVATE | MAP_LOCKED, -1, 0), EPERM);
	CHECK_EQ(munlock(pages, PAGE), 0);
	CHECK_EQ(munlockall(), 0);
}

int main(void)
{
	ranges();
	CHECK_EXIT(everything, 0);
	CHECK_EXIT(limited, 0);
	CHECK_EXIT(moves, 0);
	PASS();
}
