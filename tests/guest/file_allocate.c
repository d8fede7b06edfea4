/* fallocate(2): room ahead of writing, and holes made, seen by read and by mappings. */
#include "mapping.h"

#include <sys/stat.h>

#define PUNCH	(FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE)

static long size(int fd)
{
	struct stat stat;

	CHECK_EQ(fstat(fd, &stat), 0);
	return stat.st_size;
}

static void room(int fd)
{
	CHECK_EQ(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 3 * PAGE), 0);
	CHECK_EQ(size(fd), 0);
	CHECK_EQ(file_pages(fd), 3);
	CHECK_EQ(write(fd, "abc", 3), 3);
	CHECK_EQ(fallocate(fd, 0, PAGE - 1, PAGE), 0);
	CHECK_EQ(size(fd), 2 * PAGE - 1);
	CHECK_EQ(file_pages(fd), 3);
	CHECK_EQ(posix_fallocate(fd, 0, 5 * PAGE + 1), 0);
	CHECK_EQ(size(fd), 5 * PAGE + 1);
	CHECK_EQ(file_pages(fd), 6);
	char text[4] = "xxx";
	CHECK_EQ(pread(fd, text, 3, 0), 3);
	CHECK_STR(text, "abc");
	CHECK_EQ(pread(fd, text, 3, 4 * PAGE), 3);
	CHECK_EQ(text[0], 0);
	/* Pages behind the end stay when the file grows, and go when it is cut, even to the same size. */
	CHECK_EQ(ftruncate(fd, PAGE), 0);
	CHECK_EQ(file_pages(fd), 1);
	CHECK_EQ(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 5 * PAGE), 0);
	CHECK_EQ(file_pages(fd), 5);
	CHECK_EQ(ftruncate(fd, 2 * PAGE), 0);
	CHECK_EQ(file_pages(fd), 5);
	CHECK_EQ(ftruncate(fd, 2 * PAGE), 0);
	CHECK_EQ(file_pages(fd), 2);
	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(file_pages(fd), 0);
}

static void holes(int fd)
{
	static char text[8 * PAGE], expected[8 * PAGE];

	memset(text, 'x', sizeof(text));
	CHECK_EQ(pwrite(fd, text, sizeof(text), 0), sizeof(text));
	char *shared = mmap(NULL, 8 * PAGE, RW, MAP_SHARED, fd, 0);
	char *private = mmap(NULL, 8 * PAGE, RW, MAP_PRIVATE, fd, 0);
	CHECK(shared != MAP_FAILED && private != MAP_FAILED);
	for (int i = 0; i < 8; i++)
		CHECK_EQ(shared[i * PAGE] + private[i * PAGE], 2 * 'x');
	private[3 * PAGE] = 'p';

	CHECK_EQ(fallocate(fd, PUNCH, PAGE + 100, 4 * PAGE), 0);
	CHECK_EQ(size(fd), 8 * PAGE);
	CHECK_EQ(file_pages(fd), 5);
	memset(expected, 'x', sizeof(expected));
	memset(expected + PAGE + 100, 0, 4 * PAGE);
	CHECK_EQ(pread(fd, text, sizeof(text), 0), sizeof(text));
	CHECK_EQ(memcmp(text, expected, sizeof(text)), 0);
	CHECK_EQ(memcmp(shared, expected, sizeof(text)), 0);
	/* A copy that was private already stays what it is. */
	CHECK_EQ(private[3 * PAGE], 'p');
	CHECK_EQ(private[3 * PAGE + 1], 'x');
	CHECK_EQ(private[2 * PAGE], 0);
	CHECK_EQ(private[PAGE + 99], 'x');

	/* Within one page; behind the end. */
	CHECK_EQ(fallocate(fd, PUNCH, 6 * PAGE + 5, 10), 0);
	CHECK_EQ(shared[6 * PAGE + 4], 'x');
	CHECK_EQ(shared[6 * PAGE + 5], 0);
	CHECK_EQ(shared[6 * PAGE + 14], 0);
	CHECK_EQ(shared[6 * PAGE + 15], 'x');
	CHECK_EQ(fallocate(fd, PUNCH, 7 * PAGE, 100 * PAGE), 0);
	CHECK_EQ(shared[7 * PAGE], 0);
	CHECK_EQ(size(fd), 8 * PAGE);

	shared[2 * PAGE] = 's';
	CHECK_EQ(pread(fd, text, 1, 2 * PAGE), 1);
	CHECK_EQ(text[0], 's');
	CHECK_EQ(munmap(shared, 8 * PAGE), 0);
	CHECK_EQ(munmap(private, 8 * PAGE), 0);
}

static void errors(int fd)
{
	int ends[2];

	CHECK_ERRNO(fallocate(fd, 0, -1, 1), EINVAL);
	CHECK_ERRNO(fallocate(fd, 0, 0, 0), EINVAL);
	CHECK_ERRNO(fallocate(fd, FALLOC_FL_PUNCH_HOLE, 0, 1), EOPNOTSUPP);
	CHECK_ERRNO(fallocate(fd, 0x4000, 0, 1), EOPNOTSUPP);
	CHECK_ERRNO(fallocate(fd, 0, 1ul << 62, 1ul << 62), EFBIG);
	CHECK_ERRNO(fallocate(-1, 0, 0, 1), EBADF);
	CHECK_ERRNO(fallocate(open("/proc/self/exe", O_RDONLY), 0, 0, 1), EBADF);
	CHECK_ERRNO(fallocate(open("/dev/null", O_RDWR), 0, 0, 1), ENODEV);
	CHECK_EQ(pipe(ends), 0);
	CHECK_ERRNO(fallocate(ends[1], 0, 0, 1), ESPIPE);
	CHECK_EQ(posix_fallocate(fd, 0, -1), EINVAL);
}

int main(void)
{
	int fd = memfd_create("allocate", 0);

	CHECK(fd >= 0);
	room(fd);
	holes(fd);
	errors(fd);
	PASS();
}
