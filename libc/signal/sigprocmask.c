/* sigprocmask(2), sigpending(2), sigsuspend(2), sigtimedwait(2) and its kind. */
#include <errno.h>
#include <signal.h>
#include <stddef.h>

#include "alias.h"
#include "cancel.h"

/* The libc's own signals stay out of the program's sets. */
int __pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	unsigned long wanted = set ? set->__bits[0] & SIGNALS_ALL : 0, was;
	long result = syscall4(SYS_rt_sigprocmask, how, set ? (long)&wanted : 0,
		old ? (long)&was : 0, SIGSET_SIZE);

	if (result == 0 && old)
		*old = (sigset_t){ { was & SIGNALS_ALL } };
	return (int)-result;
}

weak_alias(__pthread_sigmask, pthread_sigmask);

int __sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return (int)syscall_return(-__pthread_sigmask(how, set, old));
}

weak_alias(__sigprocmask, sigprocmask);

int __sigpending(sigset_t *set)
{
	*set = (sigset_t){ { 0 } };
	return (int)syscall_return(syscall2(SYS_rt_sigpending, (long)set, SIGSET_SIZE));
}

weak_alias(__sigpending, sigpending);

int __sigsuspend(const sigset_t *mask)
{
	unsigned long wanted = mask->__bits[0] & SIGNALS_ALL;

	return (int)syscall_return(cancel_call6(SYS_rt_sigsuspend, &wanted, SIGSET_SIZE, 0, 0, 0, 0));
}

weak_alias(__sigsuspend, sigsuspend);

static long wait_signal(const sigset_t *set, siginfo_t *info, const struct timespec *timeout)
{
	unsigned long wanted = set->__bits[0] & SIGNALS_ALL;

	return cancel_call6(SYS_rt_sigtimedwait, &wanted, info, timeout, SIGSET_SIZE, 0, 0);
}

int __sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
	const struct timespec *restrict timeout)
{
	return (int)syscall_return(wait_signal(set, info, timeout));
}

weak_alias(__sigtimedwait, sigtimedwait);

int __sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
	return (int)syscall_return(wait_signal(set, info, NULL));
}

weak_alias(__sigwaitinfo, sigwaitinfo);

/* Another signal's handler does not end it. */
int __sigwait(const sigset_t *restrict set, int *restrict signal)
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

weak_alias(__sigwait, sigwait);
