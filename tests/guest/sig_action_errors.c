/* What sigaction, kill and their kind refuse. */
#include "test.h"

#include <limits.h>
#include <sys/syscall.h>

static void handler(int signal)
{
	(void)signal;
}

int main(void)
{
	struct sigaction action = { .sa_handler = handler }, old;
	unsigned long kernel[4] = { 0 };

	CHECK_ERRNO(sigaction(SIGKILL, &action, NULL), EINVAL);
	CHECK_ERRNO(sigaction(SIGSTOP, &action, NULL), EINVAL);
	CHECK_EQ(sigaction(SIGKILL, NULL, &old), 0);
	CHECK_ERRNO(sigaction(0, &action, NULL), EINVAL);
	CHECK_ERRNO(sigaction(65, NULL, &old), EINVAL);
	CHECK_ERRNO(sigaction(-1, NULL, NULL), EINVAL);
	CHECK_EQ(sigaction(64, &action, NULL), 0);
	CHECK_ERRNO(syscall(SYS_rt_sigaction, SIGUSR1, kernel, NULL, 16), EINVAL);
	CHECK_ERRNO(syscall(SYS_rt_sigaction, SIGUSR1, 8, NULL, 8), EFAULT);
	CHECK_ERRNO(syscall(SYS_rt_sigaction, SIGUSR1, NULL, 8, 8), EFAULT);
	CHECK_ERRNO(syscall(SYS_rt_sigaction, SIGKILL, 8, NULL, 8), EFAULT);

	/* Flags that nobody knows are not kept. */
	kernel[0] = (unsigned long)SIG_IGN;
	kernel[1] = ~0ul;
	CHECK_EQ(syscall(SYS_rt_sigaction, SIGUSR1, kernel, NULL, 8), 0);
	CHECK_EQ(syscall(SYS_rt_sigaction, SIGUSR1, NULL, kernel, 8), 0);
	CHECK_EQ(kernel[1] & 0x02000000, 0);
	CHECK_EQ(kernel[1] & SA_RESTART, SA_RESTART);

	CHECK_ERRNO(tgkill(getpid(), getpid(), 65), EINVAL);
	CHECK_ERRNO(tgkill(0, getpid(), 0), EINVAL);
	CHECK_ERRNO(tgkill(getpid(), -1, 0), EINVAL);
	CHECK_EQ(tgkill(getpid(), getpid(), 0), 0);
	CHECK_ERRNO(tgkill(getpid(), getppid(), 0), ESRCH);
	CHECK_ERRNO(syscall(SYS_tkill, 0, 0), EINVAL);
	CHECK_ERRNO(syscall(SYS_tkill, INT_MAX, 0), ESRCH);
	CHECK_ERRNO(killpg(-1, 0), EINVAL);
	CHECK_EQ(killpg(0, 0), 0);
	CHECK_ERRNO(syscall(SYS_rt_sigsuspend, kernel, 4), EINVAL);
	CHECK_ERRNO(syscall(SYS_rt_sigsuspend, 8, 8), EFAULT);
	PASS();
}
