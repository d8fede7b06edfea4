/* A stopped group whose last connection to its session ends gets SIGHUP and SIGCONT; an orphaned one does not stop at the
 * terminal's signals, only at SIGSTOP. */
#include "test.h"

#include <sys/prctl.h>

static int report[2];

static void on_hup(int signal)
{
	(void)signal;
	CHECK_EQ(write(report[1], "h", 1), 1);
	_exit(0);
}

static void on_cont(int signal)
{
	(void)signal;
	CHECK_EQ(write(report[1], "c", 1), 1);
}

/* Leads a session; its child, in a group of its own, is stopped when it ends. */
static void leader(void)
{
	int status;

	CHECK_EQ(setsid(), getpid());
	pid_t child = fork();
	if (child == 0) {
		setpgid(0, 0);
		signal(SIGHUP, on_hup);
		signal(SIGCONT, on_cont);
		for (;;)
			raise(SIGTSTP);
	}
	CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
	CHECK(WIFSTOPPED(status));
}

static void orphaned(void)
{
	CHECK_EQ(setsid(), getpid());
	raise(SIGTSTP);
	raise(SIGTTIN);
	raise(SIGTTOU);
}

int main(void)
{
	char seen[2];

	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	CHECK_EQ(pipe(report), 0);
	CHECK_EXIT(leader, 0);
	CHECK_EQ(wait(NULL) > 0, 1);
	CHECK_EQ(read(report[0], seen, 2), 2);
	/* Both frames are made at once: the later one, of the higher number, runs first. */
	CHECK(seen[0] == 'c' && seen[1] == 'h');
	CHECK_EXIT(orphaned, 0);
	PASS();
}
