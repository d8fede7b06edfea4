/* Results that the kernel writes to bad memory: the call fails with EFAULT, and pipe leaves no
 * descriptors behind. */
#define _GNU_SOURCE
#include "pointers.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>

static int lowest;

static int lowest_free(void)
{
	int fd = open("/dev/null", O_RDONLY);

	CHECK(fd >= 0);
	close(fd);
	return fd;
}

/* By number: the libc's functions may do something with the memory themselves. */
static void check_bad(void *bad)
{
	CHECK_ERRNO(syscall(SYS_pipe, bad), EFAULT);
	CHECK_ERRNO(syscall(SYS_pipe2, bad, O_CLOEXEC), EFAULT);
	CHECK_EQ(lowest_free(), lowest);
	CHECK_ERRNO(syscall(SYS_stat, "/", bad), EFAULT);
	CHECK_ERRNO(syscall(SYS_fstat, 0, bad), EFAULT);
	CHECK_ERRNO(syscall(SYS_uname, bad), EFAULT);
	CHECK_ERRNO(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, bad), EFAULT);
	CHECK_ERRNO(syscall(SYS_getcwd, bad, 4096), EFAULT);
}

/* Of a result that is just bytes, a part will do. */
static void check_bytes(void *bad)
{
	CHECK_ERRNO(syscall(SYS_getrandom, bad, 8, 0), EFAULT);
}

int main(void)
{
	pointers_init();
	lowest = lowest_free();
	pointers_unwritable(check_bad);
	pointers_unwritable(check_bytes);
	/* Objects that begin in the page and end behind it. */
	check_bad(pointers_edge + PAGE - 4 + 1);
	PASS();
}
