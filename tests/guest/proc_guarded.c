/* Who has been another keeps what it knows: /proc/PID of a process that has changed its user since
 * its exec is closed to others of its new user; to itself it is open.
 * guest-only: it needs to be root. own-linux: yes */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <sys/wait.h>

#define USER	1000

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

static pid_t start(void (*lower)(void))
{
	int ready[2];
	char byte;

	CHECK_EQ(pipe(ready), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		lower();
		CHECK_EQ(write(ready[1], "r", 1), 1);
		for (;;)
			pause();
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

int main(void)
{
	void (*const kinds[])(void) = { lower_effective, lower_all };

	for (int kind = 0; kind < 2; kind++) {
		looked_at = start(kinds[kind]);
		CHECK_EXIT(look, 0);
		CHECK_EQ(kill(looked_at, SIGKILL), 0);
		CHECK_EQ(waitpid(looked_at, NULL, 0), looked_at);
	}
	PASS();
}
