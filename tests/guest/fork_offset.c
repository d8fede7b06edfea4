/* fork: an open file is shared, with its position. */
#include "test.h"
#include <fcntl.h>

static int fd;

static void child(void)
{
	char text[4] = "";

	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 2);
	CHECK_EQ(read(fd, text, 3), 3);
	CHECK_STR(text, "cde");
}

int main(void)
{
	char text[4] = "";

	fd = open(scratch_path("offset"), O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(unlink(scratch_path("offset")), 0);
	CHECK_EQ(write(fd, "abcdefgh", 8), 8);
	CHECK_EQ(lseek(fd, 2, SEEK_SET), 2);
	CHECK_EXIT(child, 0);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 5);
	CHECK_EQ(read(fd, text, 3), 3);
	CHECK_STR(text, "fgh");
	PASS();
}
