/* posix_spawn: the program's arguments and environment, its files, groups and signals as asked; the error of whatever went
 * wrong in the child is its result, and then there is no child. */
#define _GNU_SOURCE
#include "test.h"
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>

static char *self;
static int ends[2];

/* The child says what it has found by its exit status. */
static int child_main(char **argv)
{
	struct sigaction action;
	sigset_t mask;

	if (strcmp(argv[1], "args") == 0)
		return argv[2] && strcmp(argv[2], "b c") == 0 && getenv("SPAWNED") && !getenv("PATH") ? 11 : 1;
	if (strcmp(argv[1], "file") == 0)
		return write(7, "seven", 5) == 5 && fcntl(8, F_GETFD) < 0 && fcntl(9, F_GETFD) == 0 ? 12 : 1;
	if (strcmp(argv[1], "group") == 0)
		return getpgrp() == getpid() ? 13 : 1;
	if (strcmp(argv[1], "policy") == 0)
		return sched_getscheduler(0) == SCHED_BATCH ? 16 : 1;
	if (strcmp(argv[1], "session") == 0)
		return getsid(0) == getpid() ? 14 : 1;
	sigprocmask(SIG_BLOCK, NULL, &mask);
	sigaction(SIGUSR1, NULL, &action);
	if (action.sa_handler != SIG_DFL)
		return 1;			/* had a handler */
	sigaction(SIGUSR2, NULL, &action);
	if (action.sa_handler != SIG_IGN)
		return 2;			/* was ignored */
	sigaction(SIGTERM, NULL, &action);
	if (action.sa_handler != SIG_DFL)
		return 3;			/* was ignored, but its default was asked for */
	return sigismember(&mask, SIGHUP) && !sigismember(&mask, SIGINT) ? 15 : 4;
}

static int status_of(const char *what, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes)
{
	char *argv[] = { "name", (char *)what, "b c", NULL }, *envp[] = { "SPAWNED=1", NULL };
	int status;
	pid_t child;

	CHECK_EQ(posix_spawn(&child, self, actions, attributes, argv, envp), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void test_files(void)
{
	posix_spawn_file_actions_t actions;
	char text[8] = "";
	const char *path = scratch_path("spawn");

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(dup2(ends[0], 9), 9);
	CHECK_EQ(fcntl(9, F_SETFD, FD_CLOEXEC), 0);
	CHECK_EQ(dup2(ends[0], 8), 8);
	CHECK_EQ(posix_spawn_file_actions_init(&actions), 0);
	CHECK_EQ(posix_spawn_file_actions_addopen(&actions, 7, path, O_WRONLY | O_CREAT | O_TRUNC, 0600), 0);
	CHECK_EQ(posix_spawn_file_actions_addclose(&actions, 8), 0);
	CHECK_EQ(posix_spawn_file_actions_adddup2(&actions, 9, 9), 0);
	CHECK_EQ(posix_spawn_file_actions_addclose(&actions, -1), EBADF);
	CHECK_EQ(status_of("file", &actions, NULL), 12);
	CHECK_EQ(posix_spawn_file_actions_destroy(&actions), 0);
	int fd = open(path, O_RDONLY);
	CHECK_EQ(read(fd, text, sizeof(text)), 5);
	CHECK_STR(text, "seven");
	CHECK_EQ(unlink(path), 0);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(fcntl(9, F_GETFD), FD_CLOEXEC);	/* the parent's is as it was */
}

static void handler(int signal)
{
	(void)signal;
}

static void test_signals(void)
{
	posix_spawnattr_t attributes;
	sigset_t set;

	signal(SIGUSR1, handler);
	signal(SIGUSR2, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	CHECK_EQ(posix_spawnattr_init(&attributes), 0);
	CHECK_EQ(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK), 0);
	CHECK_EQ(posix_spawnattr_setflags(&attributes, 0x4000), EINVAL);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	CHECK_EQ(posix_spawnattr_setsigdefault(&attributes, &set), 0);
	sigemptyset(&set);
	sigaddset(&set, SIGHUP);
	CHECK_EQ(posix_spawnattr_setsigmask(&attributes, &set), 0);
	CHECK_EQ(status_of("signals", NULL, &attributes), 15);
	CHECK_EQ(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP), 0);
	CHECK_EQ(status_of("group", NULL, &attributes), 13);
	CHECK_EQ(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID), 0);
	CHECK_EQ(status_of("session", NULL, &attributes), 14);
	CHECK_EQ(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSCHEDULER), 0);
	CHECK_EQ(posix_spawnattr_setschedpolicy(&attributes, SCHED_BATCH), 0);
	CHECK_EQ(status_of("policy", NULL, &attributes), 16);
	CHECK_EQ(posix_spawnattr_setschedparam(&attributes, &(struct sched_param){ 1 }), 0);
	CHECK_EQ(posix_spawn(&(pid_t){ 0 }, self, NULL, &attributes, (char *[]){ "name", NULL }, (char *[]){ NULL }),
		EINVAL);
	CHECK_EQ(sigprocmask(SIG_BLOCK, NULL, &set), 0);
	CHECK(!sigismember(&set, SIGHUP) && !sigismember(&set, SIGUSR1));
}

static void test_errors(void)
{
	char *argv[] = { "name", "args", "b c", NULL }, *envp[] = { "SPAWNED=1", NULL };
	posix_spawn_file_actions_t actions;
	pid_t child = -5;

	errno = 77;
	CHECK_EQ(posix_spawn(&child, "/nowhere/program", NULL, NULL, argv, envp), ENOENT);
	CHECK_EQ(posix_spawn(&child, "/tmp", NULL, NULL, argv, envp), EACCES);
	CHECK_EQ(posix_spawn_file_actions_init(&actions), 0);
	CHECK_EQ(posix_spawn_file_actions_adddup2(&actions, 99, 5), 0);
	CHECK_EQ(posix_spawn(&child, self, &actions, NULL, argv, envp), EBADF);
	CHECK_EQ(posix_spawn_file_actions_destroy(&actions), 0);
	CHECK_EQ(child, -5);
	CHECK_EQ(errno, 77);
	CHECK_ERRNO(waitpid(-1, NULL, 0), ECHILD);
}

static void test_search(void)
{
	char *argv[] = { "true", NULL }, *envp[] = { NULL };
	int status;
	pid_t child;

	CHECK_EQ(posix_spawnp(&child, "true", NULL, NULL, argv, envp), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	CHECK_EQ(posix_spawnp(&child, "no-such-program", NULL, NULL, argv, envp), ENOENT);
}

int main(int argc, char **argv)
{
	self = argv[0];
	if (argc > 1)
		return child_main(argv);
	CHECK_EQ(status_of("args", NULL, NULL), 11);
	test_files();
	test_signals();
	test_errors();
	test_search();
	PASS();
}
