/* The default actions: which signals end a process, and which it does not notice. */
#include "test.h"

static const int fatal[] = {SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE,
	SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, 24 /* SIGXCPU */,
	31 /* SIGSYS */, 34, 64};
static const int ignored[] = { SIGCHLD, SIGCONT, 23 /* SIGURG */, 28 /* SIGWINCH */ };

static int signal_number;

static void to_myself(void)
{
	kill(getpid(), signal_number);
	_exit(1);
}

static void survive(void)
{
	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		CHECK_EQ(kill(getpid(), ignored[i]), 0);
}

static void write_to_nobody(void)
{
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	close(ends[0]);
	if (write(ends[1], "x", 1) < 0)
		_exit(1);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++) {
		signal_number = fatal[i];
		int status = child_status(to_myself);
		CHECK(WIFSIGNALED(status));
		CHECK_EQ(WTERMSIG(status), signal_number);
	}
	CHECK_EXIT(survive, 0);
	CHECK_SIGNAL(write_to_nobody, SIGPIPE);
	PASS();
}
