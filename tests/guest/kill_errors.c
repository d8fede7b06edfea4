/* The errors of kill, and signal 0. */
#include "test.h"
#include <limits.h>

int main(void)
{
	CHECK_ERRNO(kill(getpid(), -1), EINVAL);
	CHECK_ERRNO(kill(getpid(), 65), EINVAL);
	CHECK_ERRNO(kill(getpid(), INT_MAX), EINVAL);
	CHECK_ERRNO(kill(0x7ffffffe, 0), ESRCH);
	CHECK_ERRNO(kill(0x7ffffffe, SIGTERM), ESRCH);
	CHECK_ERRNO(kill(INT_MIN, 0), ESRCH);
	CHECK_ERRNO(kill(-0x7ffffffe, SIGTERM), ESRCH);
	CHECK_EQ(kill(getpid(), 0), 0);
	CHECK_EQ(kill(getppid(), 0), 0);
	CHECK_EQ(kill(0, 0), 0);
	PASS();
}
