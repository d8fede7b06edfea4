/* SIGPIPE: ends a writer that nobody reads, unless it handles it. */
#include "test.h"

static volatile int calls, code, pid;
static int ends[2];

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	calls++;
	code = info->si_code;
	pid = info->si_pid;
}

static void writer(void)
{
	signal(SIGPIPE, SIG_DFL);
	if (write(ends[1], "x", 1) < 0)
		_exit(1);
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };

	CHECK_EQ(pipe(ends), 0);
	close(ends[0]);
	CHECK_SIGNAL(writer, SIGPIPE);
	CHECK_EQ(sigaction(SIGPIPE, &action, NULL), 0);
	CHECK_ERRNO(write(ends[1], "x", 1), EPIPE);
	CHECK_EQ(calls, 1);
	CHECK_EQ(code, SI_USER);
	CHECK_EQ(pid, getpid());
	signal(SIGPIPE, SIG_IGN);
	CHECK_ERRNO(write(ends[1], "x", 1), EPIPE);
	CHECK_EQ(calls, 1);
	PASS();
}
