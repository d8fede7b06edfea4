/* Structs that the kernel reads from bad memory. */
#define _GNU_SOURCE
#include "pointers.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>

static int null;

static void check_bad(void *bad)
{
	CHECK_ERRNO(syscall(SYS_nanosleep, bad, NULL), EFAULT);
	CHECK_ERRNO(syscall(SYS_writev, null, bad, 1), EFAULT);
	CHECK_ERRNO(syscall(SYS_readv, null, bad, 1), EFAULT);
}

int main(void)
{
	struct iovec *vec;
	long *time;

	pointers_init();
	null = open("/dev/null", O_RDWR);
	CHECK(null >= 0);
	pointers_unreadable(check_bad);
	check_bad(pointers_edge + PAGE - 8);
	/* Right up to the edge is fine. */
	time = (long *)(pointers_edge + PAGE) - 2;
	time[0] = time[1] = 0;
	CHECK_EQ(syscall(SYS_nanosleep, time, NULL), 0);
	vec = (struct iovec *)(pointers_edge + PAGE) - 1;
	*vec = (struct iovec){ .iov_base = "abc", .iov_len = 3 };
	CHECK_EQ(syscall(SYS_writev, null, vec, 1), 3);
	CHECK_ERRNO(syscall(SYS_writev, null, vec, 2), EFAULT);
	PASS();
}
