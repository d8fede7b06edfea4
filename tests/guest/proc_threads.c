/* /proc/PID/task: a directory for each thread, with its number, its name and its state; the process says how many there are. */
#include "proc_stat.h"
#include "thread.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/prctl.h>

static struct thread threads[3];
static volatile int go, ready;

static void waits(void *argument)
{
	prctl(PR_SET_NAME, argument);
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	while (!go)
		futex(&go, FUTEX_WAIT, 0, NULL);
}

static const char *text_of(int tid, const char *name)
{
	static char text[2048];
	char path[64];

	snprintf(path, sizeof(path), "task/%d/%s", tid, name);
	CHECK(proc_text(getpid(), tid ? path : name, text, sizeof(text)) > 0);
	return text;
}

/* Not listed, but there: a thread's number in /proc itself. */
static void check_unlisted(int tid, const char *name)
{
	char path[64], text[1024];
	DIR *directory = opendir("/proc");
	struct dirent *entry;

	CHECK(directory != NULL);
	while ((entry = readdir(directory)))
		CHECK(atoi(entry->d_name) != tid);
	closedir(directory);
	CHECK(proc_text(tid, "comm", text, sizeof(text)) > 0);
	CHECK_STR(text, name);
	CHECK(proc_text(tid, "stat", text, sizeof(text)) > 0);
	CHECK_EQ(atoi(text), tid);
	snprintf(path, sizeof(path), "/proc/%d/exe", tid);
	CHECK(readlink(path, text, sizeof(text)) > 0);
}

static int count_entries(void)
{
	DIR *directory = opendir("/proc/self/task");
	struct dirent *entry;
	int count = 0, own = 0;

	CHECK(directory != NULL);
	while ((entry = readdir(directory))) {
		count += entry->d_name[0] != '.';
		own += atoi(entry->d_name) == getpid();
	}
	closedir(directory);
	CHECK_EQ(own, 1);
	return count;
}

/* Field number n of a stat line, from 1 on; 4 and later. */
static int stat_field(const char *text, int n)
{
	const char *at = strrchr(text, ')') + 2;

	for (int field = 3; field < n; field++)
		at = strchr(at, ' ') + 1;
	return atoi(at);
}

static void check_counts(int count)
{
	char line[32];

	CHECK_EQ(count_entries(), count);
	snprintf(line, sizeof(line), "Threads:\t%d\n", count);
	CHECK(strstr(text_of(0, "status"), line) != NULL);
	CHECK_EQ(stat_field(text_of(0, "stat"), 20), count);
	CHECK_EQ(stat_field(text_of(getpid(), "stat"), 20), count);
}

/* The leader has ended: it is still there, as a zombie. */
static void looks_at_leader(void *argument)
{
	(void)argument;
	int leader = getpid();
	while (strrchr(text_of(leader, "stat"), ')')[2] != 'Z')
		usleep(1000);
	if (strrchr(text_of(leader, "stat"), ')')[2] != 'Z' || strrchr(text_of(0, "stat"), ')')[2] != 'Z' ||
		strrchr(text_of(own_tid(), "stat"), ')')[2] != 'R' || count_entries() != 2)
		_exit(1);
	_exit(5);
}

static void leader_ends(void)
{
	thread_start(&threads[0], looks_at_leader, NULL);
	syscall(SYS_exit, 0);
}

int main(void)
{
	static char *const names[] = { "first", "second", "third-and-much-too-long" };
	char path[64], line[32];

	check_counts(1);
	prctl(PR_SET_NAME, "leader");
	for (int i = 0; i < 3; i++)
		CHECK(thread_start(&threads[i], waits, names[i]) > 0);
	while (ready < 3)
		syscall(SYS_sched_yield);
	check_counts(4);
	CHECK_STR(text_of(0, "comm"), "leader\n");
	CHECK_STR(text_of(getpid(), "comm"), "leader\n");
	CHECK_STR(text_of(threads[0].given, "comm"), "first\n");
	CHECK_STR(text_of(threads[2].given, "comm"), "third-and-much-\n");
	check_unlisted(threads[0].given, "first\n");
	/* Names can be given to other threads, but not to other processes. */
	snprintf(path, sizeof(path), "/proc/self/task/%d/comm", threads[1].given);
	int fd = open(path, O_WRONLY);
	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "renamed", 7), 7);
	CHECK_STR(text_of(threads[1].given, "comm"), "renamed\n");
	CHECK_EQ(write(fd, "a name of more than fifteen letters", 35), 35);
	CHECK_STR(text_of(threads[1].given, "comm"), "a name of more \n");
	CHECK_EQ(close(fd), 0);
	CHECK_STR(text_of(0, "comm"), "leader\n");
	snprintf(path, sizeof(path), "/proc/%d/comm", (int)getppid());
	fd = open(path, O_WRONLY);
	CHECK(fd >= 0);
	CHECK_ERRNO(write(fd, "x", 1), EINVAL);
	CHECK_EQ(close(fd), 0);

	/* A thread's number means its process to most calls. */
	CHECK_EQ(getpgid(threads[1].given), getpgrp());
	CHECK_EQ(getsid(threads[1].given), getsid(0));
	CHECK_ERRNO(setpgid(threads[1].given, 0), EINVAL);
	CHECK_EQ(kill(threads[1].given, 0), 0);
	CHECK_ERRNO(waitpid(threads[1].given, NULL, 0), ECHILD);
	CHECK_EQ(atoi(text_of(threads[1].given, "stat")), threads[1].given);
	snprintf(line, sizeof(line), "Tgid:\t%d\n", (int)getpid());
	CHECK(strstr(text_of(threads[1].given, "status"), line) != NULL);
	snprintf(line, sizeof(line), "\nPid:\t%d\n", threads[1].given);
	CHECK(strstr(text_of(threads[1].given, "status"), line) != NULL);
	go = 1;
	futex(&go, FUTEX_WAKE, 3, NULL);
	for (int i = 0; i < 3; i++) {
		thread_join(&threads[i]);
		snprintf(path, sizeof(path), "/proc/self/task/%d", threads[i].given);
		while (access(path, F_OK) == 0)
			usleep(1000);
		CHECK_ERRNO(access(path, F_OK), ENOENT);
		snprintf(path, sizeof(path), "/proc/%d", threads[i].given);
		CHECK_ERRNO(access(path, F_OK), ENOENT);
	}
	CHECK_ERRNO(access("/proc/self/task/1/stat", F_OK), ENOENT);
	check_counts(1);
	CHECK_EXIT(leader_ends, 5);
	PASS();
}
