/* Sets of signals (sigsetops(3)). */
#include <errno.h>
#include <signal.h>

#include "sigset.h"

int sigemptyset(sigset_t *set)
{
	*set = (sigset_t){ { 0 } };
	return 0;
}

/* Not those that belong to thread libraries. */
int sigfillset(sigset_t *set)
{
	*set = (sigset_t){ { SIGNALS_ALL } };
	return 0;
}

static int check(int signal)
{
	if (signal >= 1 && signal < NSIG)
		return 0;
	errno = EINVAL;
	return -1;
}

int sigaddset(sigset_t *set, int signal)
{
	if (check(signal) < 0)
		return -1;
	set->__bits[0] |= 1ul << (signal - 1);
	return 0;
}

int sigdelset(sigset_t *set, int signal)
{
	if (check(signal) < 0)
		return -1;
	set->__bits[0] &= ~(1ul << (signal - 1));
	return 0;
}

int sigismember(const sigset_t *set, int signal)
{
	if (check(signal) < 0)
		return -1;
	return set->__bits[0] >> (signal - 1) & 1;
}

int sigisemptyset(const sigset_t *set)
{
	return set->__bits[0] == 0;
}

int sigandset(sigset_t *set, const sigset_t *left, const sigset_t *right)
{
	*set = (sigset_t){ { left->__bits[0] & right->__bits[0] } };
	return 0;
}

int sigorset(sigset_t *set, const sigset_t *left, const sigset_t *right)
{
	*set = (sigset_t){ { left->__bits[0] | right->__bits[0] } };
	return 0;
}
