/* sigsuspend lets a blocked signal in and gives the mask back; pause ends with the handler. */
#include "proc_stat.h"

static volatile int calls;

static void handler(int signal)
{
	(void)signal;
	calls++;
}

int main(void)
{
	sigset_t block, none, now;

	signal(SIGUSR1, handler);
	signal(SIGALRM, handler);
	sigemptyset(&none);
	sigemptyset(&block);
	sigaddset(&block, SIGUSR1);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &block, NULL), 0);
	CHECK_EQ(raise(SIGUSR1), 0);
	CHECK_EQ(calls, 0);
	CHECK_ERRNO(sigsuspend(&none), EINTR);
	CHECK_EQ(calls, 1);
	CHECK_EQ(sigprocmask(SIG_BLOCK, NULL, &now), 0);
	CHECK_EQ(sigismember(&now, SIGUSR1), 1);

	/* signal() asks for SA_RESTART, which these do not heed; an ignored one does not end them. */
	signal(SIGUSR2, SIG_IGN);
	pid_t parent = getpid(), child = fork();
	if (child == 0) {
		proc_await(parent, 'S');
		kill(parent, SIGUSR2);
		kill(parent, SIGCHLD);
		usleep(20000);
		proc_await(parent, 'S');
		kill(parent, SIGALRM);
		_exit(0);
	}
	CHECK_ERRNO(pause(), EINTR);
	CHECK_EQ(calls, 2);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	PASS();
}
