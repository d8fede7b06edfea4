/* Many process groups in one session, whose parent ends: only those that are stopped hear of it, each group goes with
 * its last member, and not before. With a number, so many, and how long each step takes. */
#include "test.h"

#include <sys/prctl.h>
#include <time.h>

static int count = 100;
static int ready[2], hold[2];

static void lap(const char *what)
{
	static long last;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	long ns = now.tv_sec * 1000000000l + now.tv_nsec;
	if (count != 100)
		printf("%-24s %12ld ns\n", what, ns - last);
	fflush(stdout);
	last = ns;
}

static void member(void)
{
	char byte;

	close(hold[1]);
	CHECK_EQ(setpgid(0, 0), 0);
	CHECK_EQ(write(ready[1], "", 1), 1);
	read(hold[0], &byte, 1);
	_exit(0);
}

static void await_ready(void)
{
	char byte;

	CHECK_EQ(read(ready[0], &byte, 1), 1);
}

/* Leads the session; the first of its children stands still when it ends. */
static void parent(void)
{
	int status;
	pid_t first = 0;

	CHECK_EQ(setsid(), getpid());
	for (int i = 0; i < count; i++) {
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0)
			member();
		await_ready();
		if (i == 0)
			first = child;
		CHECK_EQ(getpgid(child), child);
	}
	lap("fork");
	CHECK_EQ(kill(-first, SIGSTOP), 0);
	CHECK_EQ(waitpid(first, &status, WUNTRACED), first);
	CHECK(WIFSTOPPED(status));
	lap("stop one");
}

static void parent_ends(void)
{
	int status, hung_up = 0, ended = 0;

	fflush(stdout);
	lap("begin");
	pid_t child = fork();
	if (child == 0) {
		parent();
		_exit(0);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	lap("fork all, and end");
	CHECK_EQ(close(hold[1]), 0);
	while (wait(&status) > 0) {
		if (status == SIGHUP)
			hung_up++;
		else if (status == 0)
			ended++;
	}
	lap("end all");
	CHECK_EQ(hung_up, 1);
	CHECK_EQ(ended, count - 1);
}

/* Joins that group, if it is still there, and waits. */
static pid_t joins(pid_t group, int *let_go)
{
	int ends[2];
	char byte;

	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		close(ends[1]);
		if (setpgid(0, group) < 0)
			_exit(errno);
		CHECK_EQ(getpgid(0), group ? group : getpid());
		CHECK_EQ(write(ready[1], "", 1), 1);
		read(ends[0], &byte, 1);
		_exit(0);
	}
	close(ends[0]);
	*let_go = ends[1];
	return child;
}

/* A group is there as long as anyone is in it, also when he whose number it has is gone. */
static void outlives_leader(void)
{
	int go[3], status;

	pid_t leader = joins(0, &go[0]);
	await_ready();
	pid_t second = joins(leader, &go[1]);
	await_ready();
	CHECK_EQ(write(go[0], "", 1), 1);
	CHECK_EQ(waitpid(leader, &status, 0), leader);
	CHECK_EQ(status, 0);
	CHECK_EQ(kill(-leader, 0), 0);
	CHECK_ERRNO(kill(leader, 0), ESRCH);
	pid_t third = joins(leader, &go[2]);
	await_ready();
	CHECK_EQ(getpgid(third), leader);
	CHECK_EQ(kill(-leader, SIGKILL), 0);
	CHECK_EQ(waitpid(second, &status, 0), second);
	CHECK_EQ(status, SIGKILL);
	CHECK_EQ(kill(-leader, 0), 0);	/* the third has ended, and is not waited for */
	CHECK_EQ(waitpid(third, &status, 0), third);
	CHECK_EQ(status, SIGKILL);
	CHECK_ERRNO(kill(-leader, 0), ESRCH);
	pid_t late = joins(leader, &go[0]);
	CHECK_EQ(waitpid(late, &status, 0), late);
	CHECK_EQ(WEXITSTATUS(status), EPERM);
}

/* Numbers go round: those of groups that are there are not given. */
static void numbers(void)
{
	int status;

	for (volatile int i = 0; i < 40000; i++) {
		pid_t child = vfork();
		if (child == 0)
			_exit(0);
		CHECK_EQ(waitpid(child, &status, 0), child);
	}
	lap("40,000 forks");
}

int main(int argc, char **argv)
{
	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	CHECK(pipe(ready) == 0 && pipe(hold) == 0);
	if (argc > 1) {
		count = atoi(argv[1]);
		numbers();
	} else {
		outlives_leader();
	}
	parent_ends();
	PASS();
}
