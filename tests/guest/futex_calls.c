/* futex: values, time limits, and every error. */
#define _GNU_SOURCE
#include "clock.h"

#include <sys/syscall.h>
#include <time.h>

#define WAIT	0
#define WAKE	1
#define PRIVATE	128

static int words[2];

static long futex(void *word, int op, int value, const void *timeout)
{
	return syscall(SYS_futex, word, op, value, timeout, NULL, 0);
}

int main(void)
{
	const struct timespec soon = { .tv_nsec = 30000000 }, bad = { .tv_nsec = 1000000000 };
	char *odd = (char *)words + 1, *kernel = (char *)0xffffffff80000000;

	for (int flag = 0; flag <= PRIVATE; flag += PRIVATE) {
		CHECK_EQ(futex(words, WAKE | flag, 1, NULL), 0);
		CHECK_EQ(futex(words, WAKE | flag, 0x7fffffff, NULL), 0);
		CHECK_ERRNO(futex(words, WAIT | flag, 1, NULL), EAGAIN);
		double start = now();
		CHECK_ERRNO(futex(words, WAIT | flag, 0, &soon), ETIMEDOUT);
		CHECK(now() - start >= 0.029);
		CHECK_ERRNO(futex(words, WAIT | flag, 1, &bad), EINVAL);
		CHECK_ERRNO(futex(words, WAIT | flag, 0, (void *)8), EFAULT);
		CHECK_ERRNO(futex(odd, WAKE | flag, 1, NULL), EINVAL);
		CHECK_ERRNO(futex(odd, WAIT | flag, 0, NULL), EINVAL);
		CHECK_ERRNO(futex(kernel, WAKE | flag, 1, NULL), EFAULT);
		CHECK_ERRNO(futex((void *)8, WAIT | flag, 0, NULL), EFAULT);
		CHECK_ERRNO(futex(odd, 99 | flag, 0, NULL), ENOSYS);
	}
	CHECK_ERRNO(futex((void *)8, WAKE, 1, NULL), EFAULT);
	/* Nobody can wait there, and nobody looks. */
	CHECK_EQ(futex((void *)8, WAKE | PRIVATE, 1, NULL), 0);
	PASS();
}
