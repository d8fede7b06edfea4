/* Who has been another keeps what it knows: /proc/PID of a process that has changed its user since
 * its exec, or was two at it, is closed to others of its new user; to itself it is open.
 * guest-only: it needs to be root. own-linux: yes */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <sys/wait.h>

#define USER	1000
#define OTHER	2000

static const char *program;
static int ready[2];

static int open_of(pid_t pid, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	int fd = open(path, O_RDONLY), error = errno;

	if (fd < 0)
		return error;
	char byte;
	error = read(fd, &byte, 1) < 0 ? errno : 0;
	close(fd);
	return error;
}

/* The kinds of processes that are looked at. */
static void lower_effective(void)
{
	CHECK_EQ(seteuid(USER), 0);
}

static void lower_all(void)
{
	CHECK_EQ(setresgid(USER, USER, USER), 0);
	CHECK_EQ(setresuid(USER, USER, USER), 0);
	CHECK_EQ(open_of(getpid(), "maps"), 0);
}

/* Whose effective user it has been all the time since. */
static void exec_as_two(void)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", ready[1]);
	CHECK_EQ(setresgid(USER, USER, USER), 0);
	CHECK_EQ(setresuid(OTHER, USER, USER), 0);
	execl(program, "proc_guarded", number, (char *)NULL);
	test_fail(__FILE__, __LINE__, "exec: %s", strerror(errno));
}

static void be_ready(int fd)
{
	CHECK_EQ(write(fd, "r", 1), 1);
	for (;;)
		pause();
}

static pid_t start(void (*lower)(void))
{
	char byte;

	CHECK_EQ(pipe(ready), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		lower();
		be_ready(ready[1]);
	}
	CHECK_EQ(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return child;
}

static pid_t looked_at;

static void look(void)
{

	CHECK_EQ(setresgid(USER, USER, USER), 0);
	CHECK_EQ(setresuid(USER, USER, USER), 0);
	CHECK_EQ(open_of(looked_at, "environ"), EACCES);
	CHECK_EQ(open_of(looked_at, "maps"), EACCES);
	CHECK_EQ(open_of(looked_at, "fd/0"), EACCES);
	CHECK_EQ(open_of(looked_at, "stat"), 0);
}

int main(int argc, char **argv)
{
	void (*const kinds[])(void) = { lower_effective, lower_all, exec_as_two };

	program = argv[0];
	if (argc > 1) {
		CHECK_EQ(setresuid(USER, USER, USER), 0);
		be_ready(atoi(argv[1]));
	}
	for (int kind = 0; kind < 3; kind++) {
		looked_at = start(kinds[kind]);
		CHECK_EXIT(look, 0);
		CHECK_EQ(kill(looked_at, SIGKILL), 0);
		CHECK_EQ(waitpid(looked_at, NULL, 0), looked_at);
	}
	PASS();
}
