/* Signals inside the libc. The kernel's sets are the first word of a sigset_t. Of its signals two
 * belong to the libc (cancel.h): programs neither see nor block them. */
#ifndef INTERNAL_SIGSET_H
#define INTERNAL_SIGSET_H

#include <signal.h>
#include <stdbool.h>

#include "syscall.h"

#define SIGSET_SIZE	8	/* bytes of it that the kernel knows */
#define SIGNALS_ALL	0xfffffffe7ffffffful	/* without 32 and 33 */
#define SIGNALS_BUT_33	0xfffffffefffffffful

int __sigaction(int signal, const struct sigaction *action, struct sigaction *old);
int __sigprocmask(int how, const sigset_t *set, sigset_t *old);

/* Those that have, or had, a handler. */
extern unsigned long __signals_handled;

/* Also for the libc's two. */
int __sigaction_any(int signal, const struct sigaction *action, struct sigaction *old);

static inline bool signal_is_libcs(int signal)
{
	return signal > 0 && signal < NSIG && !(SIGNALS_ALL >> (signal - 1) & 1);
}

/* Blocks those too, except the one by which all threads change their IDs (setxid.c), who may wait
 * for this thread; returns the mask for signals_restore. */
static inline unsigned long signals_block(void)
{
	unsigned long set = SIGNALS_BUT_33, old;

	syscall4(SYS_rt_sigprocmask, SIG_BLOCK, (long)&set, (long)&old, SIGSET_SIZE);
	return old;
}

static inline void signals_restore(unsigned long old)
{
	syscall4(SYS_rt_sigprocmask, SIG_SETMASK, (long)&old, 0, SIGSET_SIZE);
}

#endif
