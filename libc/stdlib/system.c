/* system(3). While commands run, the process ignores SIGINT and SIGQUIT, and the calling thread
 * blocks SIGCHLD; several threads may be here, so the first ignores and the last restores. */
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cancel.h"
#include "lock.h"
#include "names.h"
#include "spawn_actions.h"

#define SHELL		"/bin/sh"
#define NO_SHELL	(127 << 8)	/* as if it had exited with 127 */

int __system_lock;	/* guards the next three */
static unsigned running;
static struct sigaction interrupt, quit;

static void ignore_signals(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	lock(&__system_lock);
	if (running++ == 0) {
		__sigaction(SIGINT, &ignore, &interrupt);
		__sigaction(SIGQUIT, &ignore, &quit);
	}
	unlock(&__system_lock);
}

static void restore_signals(void)
{
	lock(&__system_lock);
	if (--running == 0) {
		__sigaction(SIGINT, &interrupt, NULL);
		__sigaction(SIGQUIT, &quit, NULL);
	}
	unlock(&__system_lock);
}

static void add_default(sigset_t *set, int signal, const struct sigaction *action)
{
	if (action->sa_handler != SIG_IGN)
		set->__bits[0] |= 1ul << (signal - 1);
}

/* Its status; a thread that is cancelled kills the command and waits for its end. */
static long wait_for(pid_t child, int *status)
{
	unsigned before = __cancel_change(CANCEL_RETURNS, 0);
	long result;

	do {
		result = cancel_call6(SYS_wait4, child, status, 0, 0, 0, 0);
	} while (result == -EINTR);
	__cancel_change(0, CANCEL_RETURNS & ~before);
	if (result == -ECANCELED) {
		__kill(child, SIGKILL);
		while (syscall4(SYS_wait4, child, (long)status, 0, 0) == -EINTR)
			;
	}
	return result;
}

static long run(const char *command, int *status)
{
	const sigset_t child_signal = { { 1ul << (SIGCHLD - 1) } };
	char *argv[] = { "sh", "-c", "--", (char *)command, NULL };
	posix_spawnattr_t attributes = {
		.__flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK,
	};
	long result = 0;
	pid_t child;
	int error;

	ignore_signals();
	__sigprocmask(SIG_BLOCK, &child_signal, &attributes.__mask);
	add_default(&attributes.__default, SIGINT, &interrupt);
	add_default(&attributes.__default, SIGQUIT, &quit);
	error = __posix_spawn(&child, SHELL, NULL, &attributes, argv, __environ);
	if (!error)
		result = wait_for(child, status);
	else if (error == ENOENT || error == EACCES || error == ENOEXEC)
		*status = NO_SHELL;
	else
		result = -error;
	restore_signals();
	__sigprocmask(SIG_SETMASK, &attributes.__mask, NULL);
	return result;
}

int system(const char *command)
{
	int status = 0;
	long result;

	if (!command)
		return syscall2(SYS_access, (long)SHELL, X_OK) == 0;
	__cancel_test();
	result = run(command, &status);
	if (result == -ECANCELED)
		__cancel_test();
	return result < 0 ? (int)__syscall_error(result) : status;
}
