/* Stopping and going on, as wait4 and SIGCHLD tell it. */
#include "test.h"

static volatile int chld_code, chld_status, chld_pid;

static void on_chld(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	chld_code = info->si_code;
	chld_status = info->si_status;
	chld_pid = info->si_pid;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = on_chld, .sa_flags = SA_SIGINFO | SA_RESTART };
	static const int stops[] = { SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU };
	int status;

	CHECK_EQ(sigaction(SIGCHLD, &action, NULL), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		setpgid(0, 0);
		for (;;)
			pause();
	}
	setpgid(child, child);
	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		CHECK_EQ(kill(child, stops[i]), 0);
		CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
		CHECK_EQ(status, stops[i] << 8 | 0x7f);
		CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == stops[i]);
		while (chld_code != CLD_STOPPED)
			usleep(1000);
		CHECK_EQ(chld_status, stops[i]);
		CHECK_EQ(chld_pid, child);
		/* Told once. */
		CHECK_EQ(waitpid(child, &status, WUNTRACED | WNOHANG), 0);
		CHECK_EQ(kill(child, SIGCONT), 0);
		CHECK_EQ(waitpid(child, &status, WCONTINUED), child);
		CHECK_EQ(status, 0xffff);
		CHECK(WIFCONTINUED(status));
		CHECK_EQ(waitpid(child, &status, WCONTINUED | WNOHANG), 0);
		while (chld_code != CLD_CONTINUED)
			usleep(1000);
	}
	/* Stopped, it sees no other signal but the one that kills. */
	CHECK_EQ(kill(child, SIGSTOP), 0);
	CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
	CHECK_EQ(kill(child, SIGTERM), 0);
	usleep(20000);
	CHECK_EQ(waitpid(child, &status, WNOHANG), 0);
	CHECK_EQ(kill(child, SIGCONT), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, SIGTERM);

	child = fork();
	if (child == 0)
		for (;;)
			pause();
	CHECK_EQ(kill(child, SIGSTOP), 0);
	CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, SIGKILL);
	PASS();
}
