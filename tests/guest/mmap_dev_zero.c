/* A mapping of /dev/zero is memory of nobody else's, or shared with children. */
#include "mapping.h"

static char *shared, *private;

static void write_both(void)
{
	shared[1] = 's';
	private[1] = 'p';
}

int main(void)
{
	int fd = open("/dev/zero", O_RDWR), reader = open("/dev/zero", O_RDONLY);

	CHECK(fd >= 0 && reader >= 0);
	shared = mmap(NULL, 3 * PAGE, RW, MAP_SHARED, fd, 0);
	private = mmap(NULL, 3 * PAGE, RW, MAP_PRIVATE, reader, PAGE);
	CHECK(shared != MAP_FAILED && private != MAP_FAILED);
	CHECK_EQ(shared[1], 0);
	CHECK_EXIT(write_both, 0);
	CHECK_EQ(shared[1], 's');
	CHECK_EQ(private[1], 0);
	private[0] = 1;
	CHECK_EQ(munmap(private, 3 * PAGE), 0);
	private = mmap(NULL, 3 * PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK_EQ(private[0], 0);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_SHARED, reader, 0), EACCES);
	CHECK_ERRNO(mmap(NULL, PAGE, RW, MAP_PRIVATE, open("/dev/zero", O_WRONLY), 0), EACCES);
	CHECK_EQ(munmap(private, 3 * PAGE), 0);
	CHECK_EQ(munmap(shared, 3 * PAGE), 0);
	PASS();
}
