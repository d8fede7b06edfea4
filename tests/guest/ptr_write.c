/* write from bad memory: EFAULT, or as much as could be read. */
#include "pointers.h"

#include <fcntl.h>

static int ends[2], fd;

static void check_bad(void *bad)
{
	CHECK_ERRNO(write(ends[1], bad, 4), EFAULT);
	CHECK_ERRNO(write(fd, bad, 4), EFAULT);
}

int main(void)
{
	char text[16] = "";
	ssize_t count;

	pointers_init();
	CHECK_EQ(pipe2(ends, O_NONBLOCK), 0);
	fd = open(scratch_path("write"), O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(unlink(scratch_path("write")), 0);
	pointers_unreadable(check_bad);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 0);
	CHECK_ERRNO(read(ends[0], text, 1), EAGAIN);
	/* Memory that can only be read will do. */
	CHECK_EQ(write(ends[1], pointers_constant, 4), 4);
	CHECK_EQ(read(ends[0], text, sizeof(text)), 4);
	CHECK_STR(text, "pppp");
	/* Over the edge. */
	count = write(fd, pointers_edge + PAGE - 6, 12);
	CHECK(count == 6 || (count == -1 && errno == EFAULT));
	CHECK_EQ(lseek(fd, 0, SEEK_END), count == 6 ? 6 : 0);
	CHECK_ERRNO(write(fd, text, (size_t)-1), EFAULT);
	PASS();
}
