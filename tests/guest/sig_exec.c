/* exec: handlers are gone, what is ignored and what is blocked stays, what is pending too. */
#include "test.h"

static void handler(int signal)
{
	(void)signal;
}

static int after_exec(void)
{
	struct sigaction action;
	sigset_t set;
	stack_t stack;

	CHECK_EQ(sigaction(SIGUSR1, NULL, &action), 0);
	CHECK(action.sa_handler == SIG_DFL);
	CHECK_EQ(action.sa_flags, 0);
	CHECK_EQ(sigaction(SIGUSR2, NULL, &action), 0);
	CHECK(action.sa_handler == SIG_IGN);
	CHECK_EQ(sigprocmask(SIG_BLOCK, NULL, &set), 0);
	CHECK_EQ(sigismember(&set, SIGTERM), 1);
	CHECK_EQ(sigismember(&set, SIGUSR1), 0);
	CHECK_EQ(sigpending(&set), 0);
	CHECK_EQ(sigismember(&set, SIGTERM), 1);
	CHECK_EQ(sigaltstack(NULL, &stack), 0);
	CHECK_EQ(stack.ss_flags, SS_DISABLE);
	return 0;
}

int main(int argc, char **argv)
{
	static char room[16384];
	stack_t stack = { .ss_sp = room, .ss_size = sizeof(room) };
	sigset_t block;
	int status;

	if (argc > 1)
		return after_exec();
	signal(SIGUSR1, handler);
	signal(SIGUSR2, SIG_IGN);
	CHECK_EQ(sigaltstack(&stack, NULL), 0);
	sigemptyset(&block);
	sigaddset(&block, SIGTERM);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &block, NULL), 0);
	pid_t child = fork();
	if (child == 0) {
		sigset_t pending;
		struct sigaction action;

		/* fork: the same actions and mask, nothing pending. */
		CHECK_EQ(sigaction(SIGUSR1, NULL, &action), 0);
		CHECK(action.sa_handler == handler);
		CHECK_EQ(sigpending(&pending), 0);
		CHECK_EQ(sigismember(&pending, SIGTERM), 0);
		raise(SIGTERM);
		execl(argv[0], argv[0], "again", NULL);
		_exit(2);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
