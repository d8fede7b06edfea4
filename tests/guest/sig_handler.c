/* A handler runs with the right arguments, flags and masks, and the program goes on after it. */
#include "test.h"

#include <stdint.h>
#include <ucontext.h>

static volatile int calls, seen_signal, nested_blocked;
static volatile siginfo_t seen;

static void handler(int signal)
{
	seen_signal = signal;
	calls++;
}

static void detailed(int signal, siginfo_t *info, void *context)
{
	sigset_t mask;

	seen_signal = signal;
	seen = *info;
	CHECK_EQ(sigprocmask(SIG_BLOCK, NULL, &mask), 0);
	nested_blocked = sigismember(&mask, signal) * 2 + sigismember(&mask, SIGUSR2);
	CHECK((char *)info > (char *)__builtin_frame_address(0));
	CHECK(context != NULL);
	calls++;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = detailed, .sa_flags = SA_SIGINFO }, old;
	sigset_t mask;

	CHECK(signal(SIGUSR1, handler) == SIG_DFL);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(calls, 1);
	CHECK_EQ(seen_signal, SIGUSR1);

	sigemptyset(&action.sa_mask);
	sigaddset(&action.sa_mask, SIGUSR2);
	CHECK_EQ(sigaction(SIGUSR1, &action, &old), 0);
	CHECK(old.sa_handler == handler);
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	CHECK_EQ(calls, 2);
	CHECK_EQ(nested_blocked, 3);
	CHECK_EQ(seen.si_signo, SIGUSR1);
	CHECK_EQ(seen.si_code, SI_USER);
	CHECK_EQ(seen.si_pid, getpid());
	CHECK_EQ(seen.si_errno, 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(seen.si_code, SI_TKILL);

	/* The mask is as before. */
	CHECK_EQ(sigprocmask(SIG_BLOCK, NULL, &mask), 0);
	CHECK_EQ(sigismember(&mask, SIGUSR1) + sigismember(&mask, SIGUSR2), 0);

	/* Once, and without its own signal blocked. */
	action.sa_flags = SA_SIGINFO | SA_RESETHAND | SA_NODEFER;
	sigemptyset(&action.sa_mask);
	CHECK_EQ(sigaction(SIGUSR2, &action, NULL), 0);
	CHECK_EQ(raise(SIGUSR2), 0);
	CHECK_EQ(nested_blocked, 0);
	CHECK_EQ(sigaction(SIGUSR2, NULL, &old), 0);
	CHECK(old.sa_handler == SIG_DFL);
	PASS();
}
