/* MADV_REMOVE takes pages out of what is shared: a file, or memory without a name. Whoever maps them
 * sees zeros, a private copy stays, and the memory is free. */
#include "mapping.h"

#include <sys/wait.h>

#define PAGES	6

static void of_a_file(int fd)
{
	char path[32];
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	int reader = open(path, O_RDONLY);
	char *shared = mmap(NULL, PAGES * PAGE, RW, MAP_SHARED, fd, 0), byte;
	char *other = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_SHARED, reader, 0);
	char *private = mmap(NULL, PAGES * PAGE, RW, MAP_PRIVATE, fd, 0);

	CHECK(shared != MAP_FAILED && other != MAP_FAILED && private != MAP_FAILED);
	memset(shared, 1, PAGES * PAGE);
	CHECK_EQ(other[2 * PAGE] + private[2 * PAGE], 2);
	private[3 * PAGE] = 5;
	CHECK_EQ(madvise(shared + PAGE, 3 * PAGE, MADV_REMOVE), 0);
	CHECK_EQ(file_pages(fd), PAGES - 3);
	for (int i = 0; i < PAGES; i++) {
		CHECK_EQ(shared[i * PAGE], i < 1 || i > 3);
		CHECK_EQ(other[i * PAGE], i < 1 || i > 3);
		CHECK_EQ(private[i * PAGE], i == 3 ? 5 : i < 1 || i > 3);
	}
	CHECK_EQ(pread(fd, &byte, 1, 2 * PAGE), 1);
	CHECK_EQ(byte, 0);
	shared[2 * PAGE] = 7;
	CHECK_EQ(other[2 * PAGE], 7);

	CHECK_ERRNO(madvise(other, PAGE, MADV_REMOVE), EACCES);
	CHECK_ERRNO(madvise(private, PAGE, MADV_REMOVE), EACCES);
	CHECK_EQ(mlock(shared + 4 * PAGE, PAGE), 0);
	CHECK_ERRNO(madvise(shared + 4 * PAGE, PAGE, MADV_REMOVE), EINVAL);
	CHECK_EQ(munlock(shared + 4 * PAGE, PAGE), 0);
	/* A hole is told after everything else is done. */
	CHECK_EQ(munmap(shared + 3 * PAGE, PAGE), 0);
	CHECK_ERRNO(madvise(shared + 2 * PAGE, 4 * PAGE, MADV_REMOVE), ENOMEM);
	CHECK_EQ(other[2 * PAGE] + other[4 * PAGE] + other[5 * PAGE], 0);
	CHECK_ERRNO(madvise(shared + 3 * PAGE, PAGE, MADV_REMOVE), ENOMEM);
	munmap(shared, PAGES * PAGE);
	munmap(other, PAGES * PAGE);
	munmap(private, PAGES * PAGE);
}

static void without_name(void)
{
	char *shared = mmap(NULL, 2000 * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char *private = map_pages(1);
	unsigned char there[2];

	CHECK(shared != MAP_FAILED);
	CHECK_EQ(madvise(shared, 2000 * PAGE, MADV_REMOVE), 0);
	shared[0] = shared[1 * PAGE] = shared[700 * PAGE] = shared[1999 * PAGE] = 1;
	pid_t child = fork();
	if (child == 0) {
		CHECK_EQ(shared[700 * PAGE], 1);
		CHECK_EQ(madvise(shared + PAGE, 1999 * PAGE, MADV_REMOVE), 0);
		CHECK_EQ(shared[1999 * PAGE], 0);
		_exit(0);
	}
	CHECK_EQ(waitpid(child, NULL, 0), child);
	CHECK_EQ(mincore(shared, 2 * PAGE, there), 0);
	CHECK_EQ((there[0] & 1) * 2 + (there[1] & 1), 2);
	CHECK_EQ(shared[0], 1);
	CHECK_EQ(shared[PAGE] + shared[700 * PAGE] + shared[1999 * PAGE], 0);
	CHECK_EQ(munmap(shared, 2000 * PAGE), 0);
	CHECK_ERRNO(madvise(private, PAGE, MADV_REMOVE), EINVAL);
}

int main(void)
{
	int fd = memfd_create("remove", MFD_ALLOW_SEALING);

	CHECK(fd >= 0);
	CHECK_EQ(ftruncate(fd, PAGES * PAGE), 0);
	of_a_file(fd);
	without_name();
	PASS();
}
