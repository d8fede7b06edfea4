/* system: the status of the command; SIGINT and SIGQUIT are ignored meanwhile, but not by the command, and SIGCHLD waits.
 * popen: both directions, the status by pclose, and no end of a pipe is left open in later commands. */
#define _GNU_SOURCE
#include "test.h"

static volatile int children, interrupts;

static void count(int signal)
{
	if (signal == SIGCHLD)
		children++;
	else
		interrupts++;
}

static void test_system(void)
{
	char command[80];
	int status;

	CHECK(system(NULL));
	CHECK_EQ(system("exit 3"), 3 << 8);
	CHECK_EQ(system("no-such-command 2>/dev/null"), 127 << 8);
	signal(SIGCHLD, count);
	signal(SIGINT, count);
	snprintf(command, sizeof(command), "kill -INT %d; kill -QUIT %d; exit 4", (int)getpid(), (int)getpid());
	CHECK_EQ(system(command), 4 << 8);
	CHECK_EQ(interrupts, 0);
	status = system("kill -INT $$; exit 5");
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	raise(SIGINT);
	CHECK_EQ(interrupts, 1);
	signal(SIGCHLD, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	CHECK_ERRNO(waitpid(-1, NULL, 0), ECHILD);
}

static void test_popen(void)
{
	char line[80];
	FILE *in = popen("echo one; echo two; exit 6", "r"), *out;

	CHECK(in);
	CHECK(fgets(line, sizeof(line), in));
	CHECK_STR(line, "one\n");
	CHECK(fgets(line, sizeof(line), in));
	CHECK_STR(line, "two\n");
	CHECK(!fgets(line, sizeof(line), in));
	CHECK_EQ(pclose(in), 6 << 8);

	/* If the second held the first's pipe open, the first would never see its end. */
	out = popen("cat >/dev/null; exit 7", "w");
	in = popen("cat", "w");
	CHECK(out && in);
	CHECK_EQ(fputs("text\n", out), 0);
	CHECK_EQ(pclose(out), 7 << 8);
	CHECK_EQ(pclose(in), 0);
	CHECK_ERRNO(popen("true", "x"), EINVAL);
	CHECK_ERRNO(popen("true", "rw"), EINVAL);
}

int main(void)
{
	test_system();
	test_popen();
	PASS();
}
