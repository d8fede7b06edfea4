/* abort(3). A handler of SIGABRT runs, and may leave by longjmp; if it returns, or there is none,
 * the program ends by the signal, blocked or ignored as it may be. */
#include <signal.h>
#include <stdlib.h>

#include "sigset.h"
#include "syscall.h"

static void send(void)
{
	__tgkill(__getpid(), (pid_t)syscall0(SYS_gettid), SIGABRT);
}

_Noreturn void abort(void)
{
	const sigset_t only = { { 1ul << (SIGABRT - 1) } };
	const struct sigaction normal = { .sa_handler = SIG_DFL };

	__sigprocmask(SIG_UNBLOCK, &only, NULL);
	send();
	__sigaction(SIGABRT, &normal, NULL);
	__sigprocmask(SIG_UNBLOCK, &only, NULL);
	send();
	__builtin_trap();
}
