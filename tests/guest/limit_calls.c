/* getrlimit, setrlimit, prlimit64: what is stored is told, inherited, and checked. */
#define _GNU_SOURCE
#include "test.h"

#include <sys/resource.h>
#include <sys/syscall.h>

static void check(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit limit;

	CHECK_EQ(getrlimit(resource, &limit), 0);
	CHECK_EQ(limit.rlim_cur, soft);
	CHECK_EQ(limit.rlim_max, hard);
}

static int set(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit limit = { soft, hard };

	return setrlimit(resource, &limit);
}

static void child(void)
{
	struct rlimit old, wanted = { 3, 77777 };

	check(RLIMIT_RTTIME, 5, 77777);
	CHECK_EQ(prlimit(getpid(), RLIMIT_RTTIME, &wanted, &old), 0);
	CHECK_EQ(old.rlim_cur, 5);
	check(RLIMIT_RTTIME, 3, 77777);
	CHECK_EQ(prlimit(getppid(), RLIMIT_RTTIME, NULL, &old), 0);
	CHECK_EQ(old.rlim_cur, 5);
	if (geteuid() == 0) {
		CHECK_EQ(setuid(1234), 0);
		CHECK_ERRNO(prlimit(getppid(), RLIMIT_RTTIME, NULL, &old), EPERM);
	}
	CHECK_ERRNO(set(RLIMIT_RTTIME, 3, 77779), EPERM);
	CHECK_EQ(set(RLIMIT_RTTIME, 3, 1000), 0);
	CHECK_ERRNO(set(RLIMIT_RTTIME, 3, 1001), EPERM);
}

int main(void)
{
	struct rlimit limit;

	for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
		CHECK_EQ(getrlimit(resource, &limit), 0);
		CHECK(limit.rlim_cur <= limit.rlim_max);
	}
	CHECK_ERRNO(getrlimit(RLIM_NLIMITS, &limit), EINVAL);
	CHECK_ERRNO(getrlimit(-1, &limit), EINVAL);
	CHECK_ERRNO(setrlimit(RLIM_NLIMITS, &limit), EINVAL);
	CHECK_ERRNO(setrlimit(RLIMIT_CORE, NULL), EFAULT);
	CHECK_ERRNO(syscall(SYS_getrlimit, RLIMIT_CORE, 8), EFAULT);
	CHECK_ERRNO(set(RLIMIT_CORE, 2, 1), EINVAL);
	CHECK_ERRNO(prlimit(32767 * 2, RLIMIT_CORE, NULL, &limit), ESRCH);
	CHECK_ERRNO(prlimit(0, RLIM_NLIMITS, NULL, &limit), EINVAL);
	CHECK_ERRNO(prlimit(0, RLIMIT_CORE, (void *)8, NULL), EFAULT);
	CHECK_ERRNO(prlimit(0, RLIMIT_CORE, NULL, (void *)8), EFAULT);
	CHECK_EQ(set(RLIMIT_RTTIME, 5, 77777), 0);
	check(RLIMIT_RTTIME, 5, 77777);
	CHECK_EXIT(child, 0);
	check(RLIMIT_RTTIME, 5, 77777);
	PASS();
}
