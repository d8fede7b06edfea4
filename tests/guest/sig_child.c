/* SIGCHLD: what it tells, SA_NOCLDSTOP, and children that nobody waits for. */
#include "test.h"

static volatile int calls, code, status_seen, uid;

static void on_chld(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	calls++;
	code = info->si_code;
	status_seen = info->si_status;
	uid = info->si_uid;
}

static pid_t child_exits(int status)
{
	pid_t child = fork();

	if (child == 0)
		_exit(status);
	return child;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = on_chld, .sa_flags = SA_SIGINFO | SA_NOCLDSTOP | SA_RESTART };
	int status;

	CHECK_EQ(sigaction(SIGCHLD, &action, NULL), 0);
	pid_t child = child_exits(7);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(calls, 1);
	CHECK_EQ(code, CLD_EXITED);
	CHECK_EQ(status_seen, 7);

	calls = 0;
	child = fork();
	if (child == 0)
		for (;;)
			pause();
	CHECK_EQ(kill(child, SIGSTOP), 0);
	CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
	CHECK_EQ(calls, 0);
	CHECK_EQ(kill(child, SIGCONT), 0);
	CHECK_EQ(waitpid(child, &status, WCONTINUED), child);
	CHECK_EQ(calls, 0);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(calls, 1);
	CHECK_EQ(code, CLD_KILLED);
	CHECK_EQ(status_seen, SIGKILL);

	/* Told, but nothing to wait for. */
	calls = 0;
	action.sa_flags |= SA_NOCLDWAIT;
	CHECK_EQ(sigaction(SIGCHLD, &action, NULL), 0);
	child_exits(1);
	while (waitpid(-1, &status, 0) != -1)
		;
	CHECK_EQ(errno, ECHILD);
	CHECK_EQ(calls, 1);

	/* Not even told. */
	CHECK(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	child_exits(2);
	child_exits(3);
	CHECK_ERRNO(waitpid(-1, &status, 0), ECHILD);
	/* Nor of one that stops and goes on, although what is blocked is kept otherwise. */
	sigset_t told, old;
	CHECK_EQ(sigemptyset(&told), 0);
	CHECK_EQ(sigaddset(&told, SIGCHLD), 0);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &told, &old), 0);
	child = fork();
	if (child == 0) {
		raise(SIGSTOP);
		_exit(0);
	}
	CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
	CHECK_EQ(kill(child, SIGCONT), 0);
	CHECK_ERRNO(waitpid(child, &status, 0), ECHILD);
	CHECK_EQ(sigpending(&told), 0);
	CHECK_EQ(sigismember(&told, SIGCHLD), 0);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &old, NULL), 0);
	/* By default there is something to wait for. */
	CHECK(signal(SIGCHLD, SIG_DFL) == SIG_IGN);
	child = child_exits(4);
	CHECK_EQ(waitpid(-1, &status, 0), child);
	CHECK_EQ(status, 4 << 8);
	PASS();
}
