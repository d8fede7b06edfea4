/* runner: runs guest tests one after the other, each in a process of its own, and says in KTAP how they went. The host
 * (tests/run) boots the machine with this as its command and judges what it prints.
 *
 * /.synos/tests names the tests, a line each, with a time limit in seconds behind the name if it is not LIMIT_DEFAULT:
 * they are the programs /tests/NAME. For each the runner prints "# start NAME", lets the test's output through as
 * lines of comment, and then says "ok" or "not ok". A test fails if it does not exit with 0, does not end in time
 * (it is killed), leaves processes behind, or leaves the kernel's ledger (ai_query) other than it was: the ledger is
 * read before and after, and every figure has to be back, exactly.
 *
 * The runner is the reaper of all that a test starts, so that nothing of it is left when the ledger is read. Between
 * the two readings it allocates nothing. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../guest/ledger.h"

#define LIST_FILE	"/.synos/tests"
#define TEST_FOLDER	"/tests/"
#define LIMIT_DEFAULT	120	/* seconds */
#define REASON_MAX	200

static void pause_ms(long ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

/* Copies in to standard output, each line with "# " before it. */
static void comment_lines(int in)
{
	char input[1024], output[2 * sizeof(input) + 8];
	bool line_start = true;
	ssize_t count;

	while ((count = read(in, input, sizeof(input))) > 0) {
		size_t length = 0;

		for (ssize_t i = 0; i < count; i++) {
			if (line_start) {
				output[length++] = '#';
				output[length++] = ' ';
			}
			line_start = input[i] == '\n';
			output[length++] = input[i];
			if (length > sizeof(output) - 4) {
				write(1, output, length);
				length = 0;
			}
		}
		write(1, output, length);
	}
	if (!line_start)
		write(1, "\n", 1);
}

/* Three processes of a test: itself, the one that passes on its output, and the one that ends it when time is up. */
struct run {
	pid_t test, output, watch;
};

static void run_test(const char *path, int out)
{
	char *const arguments[] = { (char *)path, NULL };
	char *const environment[] = { "PATH=/bin", "HOME=/tmp", NULL };
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);

	setpgid(0, 0);
	dup2(in, 0);
	dup2(out, 1);
	dup2(out, 2);
	if (chdir("/tmp") == 0)
		execve(path, arguments, environment);
	dprintf(1, "runner: %s: %s\n", path, strerror(errno));
	_exit(127);
}

/* fork, or the end of the run: without processes no test can say anything. */
static pid_t must_fork(void)
{
	pid_t child = fork();

	if (child < 0) {
		perror("runner: fork");
		exit(1);
	}
	return child;
}

static void must_pipe(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC) < 0) {
		perror("runner: pipe");
		exit(1);
	}
}

/* The helpers say when all that is left for them is to sleep. They have done what they do then once before, with
 * nothing: so they touch no page for the first time, however late they come to it. */
static pid_t start_output(int in, int unused, int ready)
{
	pid_t child = must_fork();

	if (child == 0) {
		close(unused);
		comment_lines(open("/dev/null", O_RDONLY));
		write(ready, "", 1);
		comment_lines(in);
		_exit(0);
	}
	return child;
}

static pid_t start_watch(pid_t test, unsigned limit, int ready)
{
	pid_t child = must_fork();

	if (child == 0) {
		pause_ms(0);
		write(ready, "", 1);
		pause_ms(limit * 1000L);
		kill(test, SIGKILL);
		_exit(1);
	}
	return child;
}

/* A test that makes calls at random may have changed this process's nice value or policy, or CPUs. */
static void be_ordinary(void)
{
	const struct sched_param none = { 0 };
	cpu_set_t all;

	memset(&all, 255, sizeof(all));
	setpriority(PRIO_PROCESS, 0, 0);
	sched_setscheduler(0, SCHED_OTHER, &none);
	sched_setaffinity(0, sizeof(all), &all);
}

/* The test begins when the other two do no more: what they touch for the first time is theirs, and
 * is not to be found missing by a test that reads the ledger itself. */
static void run_start(struct run *run, const char *path, unsigned limit)
{
	int ends[2], go[2], ready[2];
	char byte;

	must_pipe(ends);
	must_pipe(go);
	must_pipe(ready);
	run->test = must_fork();
	if (run->test == 0) {
		close(go[1]);
		if (read(go[0], &byte, 1) == 1)
			run_test(path, ends[1]);
		_exit(127);
	}
	setpgid(run->test, run->test);
	run->output = start_output(ends[0], ends[1], ready[1]);
	close(ends[0]);
	close(ends[1]);
	run->watch = start_watch(run->test, limit, ready[1]);
	close(ready[1]);
	for (int helpers = 0; helpers < 2; helpers++)
		read(ready[0], &byte, 1);
	write(go[1], "", 1);
	close(go[0]);
	close(go[1]);
	close(ready[0]);
}

/* Waits for the test, ends what it has left behind, and waits for all of it. The test's status word; *late: the time
 * was up; *stray: something had to be killed. */
static int run_finish(struct run *run, bool *late, bool *stray)
{
	int status = 0, other;
	pid_t child;

	while ((child = waitpid(-1, &other, 0)) != run->test)
		*late |= child == run->watch;
	status = other;
	be_ordinary();
	/* What ended before the test may be there as well, and what is just ending on another CPU. */
	*stray = true;
	for (int tries = 0; *stray && tries < SETTLE_TRIES; tries++) {
		while ((child = waitpid(-1, &other, WNOHANG)) > 0)
			*late |= child == run->watch && WIFEXITED(other);
		*stray = kill(-run->test, 0) == 0;
		if (*stray)
			settle();
	}
	kill(-run->test, SIGKILL);
	kill(run->watch, SIGKILL);
	for (int tries = 0; tries < SETTLE_TRIES; tries++) {
		while ((child = waitpid(-1, &other, WNOHANG)) > 0)
			*late |= child == run->watch && WIFEXITED(other);
		if (child < 0)
			return status;
		settle();
	}
	*stray = true;
	return status;
}

/* Runs one test; true if it passed, else why not in reason. */
static bool test_passes(const char *path, unsigned limit, char *reason)
{
	struct abi_ai_ledger before;
	bool late = false, stray = false, leaked;
	struct run run;
	int status;

	ledger_read(&before);
	run_start(&run, path, limit);
	status = run_finish(&run, &late, &stray);
	leaked = !ledger_is_back(&before, reason);
	if (late)
		snprintf(reason, REASON_MAX, "no end after %u s", limit);
	else if (WIFSIGNALED(status))
		snprintf(reason, REASON_MAX, "killed by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) != 0)
		snprintf(reason, REASON_MAX, "exit status %d", WEXITSTATUS(status));
	else if (stray)
		snprintf(reason, REASON_MAX, "left processes behind");
	else
		return !leaked;
	return false;
}

/* The whole list in memory, NUL-terminated; its tests counted. */
static char *list_read(unsigned *count)
{
	static char list[64 * 1024];
	int fd = open(LIST_FILE, O_RDONLY | O_CLOEXEC);
	size_t length = 0;
	ssize_t got;

	if (fd < 0) {
		perror("runner: " LIST_FILE);
		exit(1);
	}
	while (length < sizeof(list) - 1 && (got = read(fd, list + length, sizeof(list) - 1 - length)) > 0)
		length += got;
	close(fd);
	for (*count = 0; length > 0; length--)
		*count += list[length - 1] == '\n';
	return list;
}

int main(void)
{
	unsigned count, number = 0, failed = 0;
	char *list, *line, *rest, reason[REASON_MAX];
	struct abi_ai_ledger ledger;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!ledger_read(&ledger) || prctl(PR_SET_CHILD_SUBREAPER, 1) < 0) {
		perror("runner: this is no SynOS");
		return 1;
	}
	list = list_read(&count);
	printf("KTAP version 1\n1..%u\n", count);
	/* What is used for the first time stays in use: that is not to be the first test's leak. */
	test_passes("/bin/true", LIMIT_DEFAULT, reason);
	for (line = strtok_r(list, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char name[128], path[sizeof(name) + sizeof(TEST_FOLDER)];
		unsigned limit = LIMIT_DEFAULT;

		if (sscanf(line, "%127s %u", name, &limit) < 1)
			continue;
		snprintf(path, sizeof(path), TEST_FOLDER "%s", name);
		printf("# start %s\n", name);
		if (test_passes(path, limit, reason)) {
			printf("ok %u %s\n", ++number, name);
		} else {
			printf("not ok %u %s # %s\n", ++number, name, reason);
			failed++;
		}
	}
	puts("# synos-tests: done");
	return failed > 0;
}
