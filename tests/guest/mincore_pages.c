/* mincore(2) says which pages are there, of private, shared and file memory. */
#include "mapping.h"

static void fresh(void)
{
	unsigned char in[600];
	char *pages = map_pages(600);

	for (size_t i = 0; i < 600; i += 3)
		pages[i * PAGE] = 1;
	memset(in, 9, sizeof(in));
	CHECK_EQ(mincore(pages, 599 * PAGE + 1, in), 0);
	for (size_t i = 0; i < 600; i++)
		CHECK_EQ(in[i], i % 3 == 0);
	memset(in, 9, sizeof(in));
	CHECK_EQ(mincore(pages + PAGE, 2 * PAGE, in), 0);
	CHECK_EQ(in[2], 9);
	CHECK_EQ(mprotect(pages, PAGE, PROT_NONE), 0);
	CHECK_EQ(mincore(pages, PAGE, in), 0);
	CHECK_EQ(in[0], 1);
	CHECK_EQ(munmap(pages, 600 * PAGE), 0);
}

/* In memory, though not of this mapping. */
static void others(void)
{
	unsigned char in[4];
	int fd = make_file(scratch_path("incore"), PAGE);
	char *file, *shared;

	unlink(scratch_path("incore"));
	CHECK_EQ(ftruncate(fd, 3 * PAGE), 0);
	file = mmap(NULL, 3 * PAGE, RW, MAP_SHARED, fd, 0);
	CHECK(file != MAP_FAILED);
	CHECK_EQ(mincore(file, 3 * PAGE, in), 0);
	CHECK_EQ(in[0], 1);
	CHECK_EQ(munmap(file, 3 * PAGE), 0);
	CHECK_EQ(close(fd), 0);

	shared = mmap(NULL, 4 * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	shared[PAGE] = 1;
	CHECK_EQ(madvise(shared, 4 * PAGE, MADV_DONTNEED), 0);
	CHECK_EQ(mincore(shared, 4 * PAGE, in), 0);
	CHECK_EQ(in[0], 0);
	CHECK_EQ(in[1], 1);
	CHECK_EQ(in[2], 0);
	CHECK_EQ(munmap(shared, 4 * PAGE), 0);
}

static void errors(void)
{
	unsigned char in[4];
	char *pages = map_pages(3);

	CHECK_ERRNO(mincore(pages + 1, PAGE, in), EINVAL);
	CHECK_ERRNO(mincore(pages, -1ul, in), ENOMEM);
	CHECK_ERRNO(mincore(pages, PAGE, (unsigned char *)8), EFAULT);
	CHECK_ERRNO(mincore(pages, PAGE, (unsigned char *)-8), EFAULT);
	CHECK_EQ(mincore(pages, 0, in), 0);
	CHECK_EQ(munmap(pages + PAGE, PAGE), 0);
	CHECK_ERRNO(mincore(pages, 3 * PAGE, in), ENOMEM);
	CHECK_ERRNO(mincore(pages + PAGE, PAGE, in), ENOMEM);
	CHECK_EQ(munmap(pages, 3 * PAGE), 0);
}

int main(void)
{
	fresh();
	others();
	errors();
	PASS();
}
