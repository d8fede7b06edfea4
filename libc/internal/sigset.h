/* Signals inside the libc. The kernel's sets are the first word of a sigset_t. */
#ifndef INTERNAL_SIGSET_H
#define INTERNAL_SIGSET_H

#include <signal.h>

#define SIGSET_SIZE	8	/* bytes of it that the kernel knows */
#define SIGNALS_ALL	0xfffffffe7ffffffful	/* without 32 and 33 */

int __sigaction(int signal, const struct sigaction *action, struct sigaction *old);
int __sigprocmask(int how, const sigset_t *set, sigset_t *old);

#endif
