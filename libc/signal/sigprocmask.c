/* sigprocmask(2), sigpending(2), sigsuspend(2), sigtimedwait(2) and its kind. */
#include <errno.h>
#include <signal.h>
#include <stddef.h>

#include "alias.h"
#include "sigset.h"
#include "syscall.h"

int __sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	if (old)
		*old = (sigset_t){ { 0 } };
	return (int)syscall_return(
		syscall4(SYS_rt_sigprocmask, how, (long)set, (long)old, SIGSET_SIZE));
}

weak_alias(__sigprocmask, sigprocmask);

int sigpending(sigset_t *set)
{
	*set = (sigset_t){ { 0 } };
	return (int)syscall_return(syscall2(SYS_rt_sigpending, (long)set, SIGSET_SIZE));
}

int sigsuspend(const sigset_t *mask)
{
	return (int)syscall_return(syscall2(SYS_rt_sigsuspend, (long)mask, SIGSET_SIZE));
}

static long wait_signal(const sigset_t *set, siginfo_t *info, const struct timespec *timeout)
{
	return syscall4(SYS_rt_sigtimedwait, (long)set, (long)info, (long)timeout, SIGSET_SIZE);
}

int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
	const struct timespec *restrict timeout)
{
	return (int)syscall_return(wait_signal(set, info, timeout));
}

int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
	return (int)syscall_return(wait_signal(set, info, NULL));
}

/* Another signal's handler does not end it. */
int sigwait(const sigset_t *restrict set, int *restrict signal)
{
	long result;

	do
		result = wait_signal(set, NULL, NULL);
	while (result == -EINTR);
	if (result < 0)
		return (int)-result;
	*signal = (int)result;
	return 0;
}
