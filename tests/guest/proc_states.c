/* What /proc/PID says of a process that waits, runs, is stopped or has ended, of its signals, memory and environment. */
#include "proc_stat.h"

#include <stdint.h>
#include <sys/wait.h>

static char text[4096];

static const char *status_line(pid_t pid, const char *name)
{
	static char line[128];
	char *at;

	CHECK(proc_text(pid, "status", text, sizeof(text)) > 0);
	snprintf(line, sizeof(line), "\n%s:\t", name);
	at = strstr(text, line);
	CHECK(at != NULL);
	at += strlen(line);
	snprintf(line, sizeof(line), "%.*s", (int)strcspn(at, "\n"), at);
	return line;
}

static uint64_t status_set(pid_t pid, const char *name)
{
	return strtoul(status_line(pid, name), NULL, 16);
}

static void handler(int signal)
{
	(void)signal;
}

static void wait_forever(void)
{
	signal(SIGHUP, handler);
	signal(SIGUSR2, SIG_IGN);
	for (;;)
		pause();
}

static void states(void)
{
	int status;
	sigset_t blocked, old;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &blocked, &old), 0);
	pid_t child = fork();
	if (child == 0)
		wait_forever();
	CHECK_EQ(sigprocmask(SIG_SETMASK, &old, NULL), 0);

	proc_await(child, 'S');
	CHECK_STR(status_line(child, "State"), "S (sleeping)");
	CHECK_EQ(kill(child, SIGUSR1), 0);
	CHECK(status_set(child, "ShdPnd") & 1u << (SIGUSR1 - 1));
	CHECK_EQ(status_set(child, "SigPnd"), 0);
	CHECK_EQ(status_set(child, "SigBlk"), 1u << (SIGUSR1 - 1));
	CHECK(status_set(child, "SigIgn") & 1u << (SIGUSR2 - 1));
	CHECK_EQ(status_set(child, "SigCgt"), 1u << (SIGHUP - 1));

	CHECK_EQ(kill(child, SIGSTOP), 0);
	CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
	CHECK_EQ(proc_stat(child).state, 'T');
	CHECK_STR(status_line(child, "State"), "T (stopped)");
	CHECK_EQ(kill(child, SIGCONT), 0);
	proc_await(child, 'S');
	CHECK_EQ(kill(child, SIGKILL), 0);
	proc_await(child, 'Z');
	CHECK_STR(status_line(child, "State"), "Z (zombie)");
	CHECK_EQ(waitpid(child, &status, 0), child);
}

static void running(void)
{
	pid_t child = fork();

	if (child == 0)
		for (volatile int i = 0;; i++)
			;
	proc_await(child, 'R');
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, NULL, 0), child);
}

/* A parent in vfork waits for nothing but its child, and no signal but a deadly one ends that. */
static void waiting_for_vfork(void)
{
	int ends[2];
	char c;

	CHECK_EQ(pipe(ends), 0);
	pid_t parent = fork();
	if (parent == 0) {
		close(ends[1]);
		if (vfork() == 0)
			_exit(read(ends[0], &c, 1) != 0);
		_exit(0);
	}
	close(ends[0]);
	proc_await(parent, 'D');
	CHECK_STR(status_line(parent, "State"), "D (disk sleep)");
	close(ends[1]);
	CHECK_EQ(waitpid(parent, NULL, 0), parent);
}

static void session_without_terminal(void)
{
	CHECK_EQ(setsid(), getpid());
	struct proc_stat stat = proc_stat(getpid());
	CHECK_EQ(stat.parent, getppid());
	CHECK_EQ(stat.group, getpid());
	CHECK_EQ(stat.session, getpid());
	CHECK_EQ(stat.terminal, 0);
	CHECK_EQ(stat.foreground, -1);
}

static void memory(void)
{
	long size, resident, shared, code, library, data, dirty;

	CHECK(proc_text(getpid(), "statm", text, sizeof(text)) > 0);
	CHECK_EQ(sscanf(text, "%ld %ld %ld %ld %ld %ld %ld", &size, &resident, &shared, &code, &library, &data, &dirty), 7);
	CHECK(size > 0 && resident > 0 && resident <= size && code > 0 && data > 0);
	CHECK_EQ(library, 0);
	CHECK_EQ(dirty, 0);
}

/* Another user may not look. */
static void stranger(void)
{
	CHECK_EQ(setuid(1234), 0);
	CHECK_EQ(proc_text(getppid(), "environ", text, sizeof(text)), -1);
	CHECK_EQ(errno, EACCES);
	CHECK(proc_text(getppid(), "stat", text, sizeof(text)) > 0);
}

static void environment(const char *path)
{
	char *arguments[] = { (char *)path, "environment", NULL }, *variables[] = { "A=1", "LONGER=with spaces", "", NULL };

	execve(path, arguments, variables);
	_exit(9);
}

static void check_environment(void)
{
	static const char expected[] = "A=1\0LONGER=with spaces\0";

	CHECK_EQ(proc_text(getpid(), "environ", text, sizeof(text)), sizeof(expected));
	CHECK_EQ(memcmp(text, expected, sizeof(expected)), 0);
	CHECK_EQ(setenv("A", "2", 1), 0);
	if (geteuid() == 0)
		CHECK_EXIT(stranger, 0);
}

int main(int argc, char **argv)
{
	int status;

	if (argc > 1) {
		check_environment();
		PASS();
	}
	states();
	running();
	waiting_for_vfork();
	CHECK_EXIT(session_without_terminal, 0);
	memory();
	pid_t child = fork();
	if (child == 0)
		environment(argv[0]);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	PASS();
}
