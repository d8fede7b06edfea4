/* The sets of signal.h. */
#include "test.h"

int main(void)
{
	sigset_t set;

	CHECK_EQ(sigemptyset(&set), 0);
	for (int signal = 1; signal <= 64; signal++)
		CHECK_EQ(sigismember(&set, signal), 0);
	CHECK_EQ(sigaddset(&set, 1), 0);
	CHECK_EQ(sigaddset(&set, 64), 0);
	CHECK_EQ(sigismember(&set, 1), 1);
	CHECK_EQ(sigismember(&set, 64), 1);
	CHECK_EQ(sigdelset(&set, 1), 0);
	CHECK_EQ(sigismember(&set, 1), 0);
	CHECK_EQ(sigfillset(&set), 0);
	CHECK_EQ(sigismember(&set, SIGRTMIN), 1);
	CHECK_ERRNO(sigaddset(&set, 0), EINVAL);
	CHECK_ERRNO(sigaddset(&set, 65), EINVAL);
	CHECK_ERRNO(sigdelset(&set, -1), EINVAL);
	CHECK_ERRNO(sigismember(&set, 65), EINVAL);
	CHECK(signal(SIGKILL, SIG_IGN) == SIG_ERR);
	CHECK_EQ(errno, EINVAL);
	CHECK(signal(65, SIG_IGN) == SIG_ERR);
	PASS();
}
