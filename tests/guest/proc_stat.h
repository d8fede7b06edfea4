/* For tests that look at a process through /proc/PID: the fields of stat, and waiting until it is in a certain state. */
#ifndef PROC_STAT_H
#define PROC_STAT_H

#include "test.h"

#include <fcntl.h>
#include <sched.h>

struct proc_stat {
	char state;
	int parent, group, session, terminal, foreground;
};

/* The whole text of /proc/PID/NAME, with a NUL behind it; its length, -1 with errno if it cannot be read. */
__attribute__((unused))
static long proc_text(pid_t pid, const char *name, char *text, size_t size)
{
	char path[64];
	long length = 0, part = 1;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	int fd = open(path, O_RDONLY);
	if (fd < 0)
		return -1;
	while (length < (long)size - 1 && (part = read(fd, text + length, size - 1 - length)) > 0)
		length += part;
	int error = errno;
	close(fd);
	errno = error;
	text[length] = 0;
	return part < 0 ? -1 : length;
}

static struct proc_stat proc_stat_in(pid_t pid, const char *name)
{
	struct proc_stat stat;
	char text[1024];

	CHECK(proc_text(pid, name, text, sizeof(text)) > 0);
	char *rest = strrchr(text, ')');
	CHECK(rest != NULL);
	CHECK_EQ(sscanf(rest + 1, " %c %d %d %d %d %d", &stat.state, &stat.parent, &stat.group, &stat.session,
		&stat.terminal, &stat.foreground), 6);
	return stat;
}

static struct proc_stat proc_stat(pid_t pid)
{
	return proc_stat_in(pid, "stat");
}

/* Returns when the process is in that state: it comes there by itself, or the test hangs and fails. */
__attribute__((unused))
static void proc_await(pid_t pid, char state)
{
	while (proc_stat(pid).state != state)
		sched_yield();
}

/* Likewise for a thread of this process. */
__attribute__((unused))
static void proc_await_thread(int tid, char state)
{
	char name[32];

	snprintf(name, sizeof(name), "task/%d/stat", tid);
	while (proc_stat_in(getpid(), name).state != state)
		sched_yield();
}

#endif
