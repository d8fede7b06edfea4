/* preadv(2), pwritev(2) and their forms with flags: parts at a position. */
#define _GNU_SOURCE
#include "scratch.h"

#include <sys/uio.h>

int main(void)
{
	char one[4] = "", two[9] = "";
	struct iovec in[2] = { { one, 3 }, { two, 8 } };
	struct iovec out[2] = { { "ab", 2 }, { "cdefg", 5 } };
	int ends[2];

	scratch_enter();
	int fd = open("f", O_CREAT | O_RDWR, 0600);
	CHECK_EQ(pwritev(fd, out, 2, 10), 7);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 0);
	CHECK_EQ(preadv(fd, in, 2, 9), 8);
	CHECK_EQ(one[0], 0);
	CHECK_STR(one + 1, "ab");
	CHECK_STR(two, "cdefg");
	CHECK_EQ(preadv(fd, in, 2, 17), 0);
	CHECK_EQ(preadv(fd, in, 0, 0), 0);

	/* -1 is where the file stands. */
	CHECK_EQ(pwritev2(fd, out, 1, -1, RWF_SYNC), 2);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 2);
	CHECK_EQ(pwritev2(fd, out, 1, 4, 0), 2);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(preadv2(fd, in, 1, -1, 0), 3);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 3);
	CHECK_EQ(preadv2(fd, in, 1, 4, 0), 3);
	CHECK_EQ(memcmp(one, "ab", 3), 0);

	CHECK_ERRNO(preadv(fd, in, 2, -1), EINVAL);
	CHECK_ERRNO(pwritev(fd, in, -1, 0), EINVAL);
	CHECK_ERRNO(preadv2(fd, in, 2, -2, 0), EINVAL);
	CHECK_ERRNO(preadv2(fd, in, 2, 0, 0x40000000), EOPNOTSUPP);
	CHECK_ERRNO(preadv2(-1, in, 2, 0, 0x40000000), EBADF);
	CHECK_ERRNO(preadv(-1, in, 2, 0), EBADF);
	CHECK_ERRNO(preadv(fd, (struct iovec *)8, 2, 0), EFAULT);
	CHECK_EQ(pipe(ends), 0);
	CHECK_ERRNO(preadv(ends[0], in, 2, 0), ESPIPE);
	CHECK_ERRNO(preadv(ends[0], in, -1, 0), ESPIPE);
	CHECK_EQ(pwritev2(ends[1], out, 2, -1, 0), 7);
	CHECK_EQ(preadv2(ends[0], in, 2, -1, 0), 7);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink("f"), 0);
	scratch_leave();
	PASS();
}
