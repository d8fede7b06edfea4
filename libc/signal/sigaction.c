/* sigaction(2), signal(2), siginterrupt(3). The kernel wants to know where handlers return to, and
 * has a struct of its own. */
#include <abi/signal.h>
#include <errno.h>
#include <signal.h>

#include "alias.h"
#include "sigset.h"

/* struct abi_sigaction, whose names <signal.h> gives to other things. */
struct action {
	unsigned long handler, flags, restorer, mask;
};
_Static_assert(sizeof(struct action) == sizeof(struct abi_sigaction), "sigaction");

/* signal/restore.asm */
void __signal_restore(void);

unsigned long __signals_handled;

int __sigaction_any(
	int signal, const struct sigaction *restrict action, struct sigaction *restrict old)
{
	struct action new, previous;

	if (action && action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN &&
			signal > 0 && signal < NSIG)
		__atomic_fetch_or(&__signals_handled, 1ul << (signal - 1), __ATOMIC_RELAXED);
	if (action)
		new = (struct action){
			.handler = (unsigned long)action->sa_handler,
			.flags = (unsigned)action->sa_flags | ABI_SA_RESTORER,
			.restorer = (unsigned long)__signal_restore,
			.mask = action->sa_mask.__bits[0],
		};
	long result = syscall4(SYS_rt_sigaction, signal, action ? (long)&new : 0,
		old ? (long)&previous : 0, sizeof(new.mask));
	if (result < 0) {
		__syscall_error(result);
		return -1;
	}
	if (old)
		*old = (struct sigaction){
			.sa_handler = (void (*)(int))previous.handler,
			.sa_mask = { { previous.mask } },
			.sa_flags = (int)(previous.flags & ~(unsigned long)ABI_SA_RESTORER),
			.sa_restorer = (void (*)(void))previous.restorer,
		};
	return 0;
}

int __sigaction(
	int signal, const struct sigaction *restrict action, struct sigaction *restrict old)
{
	if (signal_is_libcs(signal)) {
		errno = EINVAL;
		return -1;
	}
	return __sigaction_any(signal, action, old);
}

weak_alias(__sigaction, sigaction);

/* Those for which siginterrupt has been called. */
static unsigned long interrupting;

void (*signal(int signal, void (*handler)(int)))(int)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART }, old;

	if (signal > 0 && signal < NSIG && interrupting >> (signal - 1) & 1)
		action.sa_flags = 0;
	return __sigaction(signal, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

int __siginterrupt(int signal, int interrupts)
{
	struct sigaction action;

	if (__sigaction(signal, NULL, &action) < 0)
		return -1;
	if (interrupts) {
		interrupting |= 1ul << (signal - 1);
		action.sa_flags &= ~SA_RESTART;
	} else {
		interrupting &= ~(1ul << (signal - 1));
		action.sa_flags |= SA_RESTART;
	}
	return __sigaction(signal, &action, NULL);
}

weak_alias(__siginterrupt, siginterrupt);
