/* A process of several threads stops and goes on as a whole: its parent hears of it once, when the last thread has stopped. */
#include "thread.h"

#include <fcntl.h>

#define THREADS	4

static struct thread threads[THREADS];
static volatile int ready;
static int ends[2];

static void spins(void *argument)
{
	(void)argument;
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	for (;;)
		;
}

static void sleeps(void *argument)
{
	const struct timespec long_time = { 100, 0 };

	(void)argument;
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	nanosleep(&long_time, NULL);
	_exit(90);
}

static void reads(void *argument)
{
	char byte;

	(void)argument;
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	if (read(ends[0], &byte, 1) != 1 || byte != 'x')
		_exit(91);
	_exit(7);
}

/* One that comes and goes all the time. */
static void ends_soon(void *argument)
{
	(void)argument;
}

static void makes_threads(void *argument)
{
	static struct thread thread;

	(void)argument;
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	for (;;) {
		thread_start(&thread, ends_soon, NULL);
		thread_join(&thread);
	}
}

static void run_child(void)
{
	static void (*const functions[THREADS])(void *) = { spins, sleeps, reads, makes_threads };

	for (int i = 0; i < THREADS; i++)
		if (thread_start(&threads[i], functions[i], NULL) <= 0)
			_exit(92);
	while (ready < THREADS)
		syscall(SYS_sched_yield);
	if (write(ends[1], "r", 1) != 1)
		_exit(93);
	for (;;)
		pause();
}

/* How many threads of the process are in that state; all is how many there are. */
static int count_state(pid_t pid, int state, int *all)
{
	int count = 0;

	*all = 0;
	for (int tid = pid; tid < pid + 200; tid++) {
		char path[64], text[512] = "";
		snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid, tid);
		int fd = open(path, O_RDONLY);
		if (fd < 0)
			continue;
		if (read(fd, text, sizeof(text) - 1) > 0) {
			++*all;
			count += strrchr(text, ')')[2] == state;
		}
		close(fd);
	}
	return count;
}

int main(void)
{
	int status, all, to_child[2];
	char byte;

	CHECK_EQ(pipe(to_child), 0);
	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		ends[0] = to_child[0];
		run_child();
	}
	CHECK_EQ(read(ends[0], &byte, 1), 1);
	for (int i = 0; i < 20; i++) {
		CHECK_EQ(kill(child, i & 1 ? SIGSTOP : SIGTSTP), 0);
		CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
		CHECK(WIFSTOPPED(status));
		CHECK_EQ(WSTOPSIG(status), i & 1 ? SIGSTOP : SIGTSTP);
		CHECK_EQ(waitpid(child, &status, WUNTRACED | WNOHANG), 0);
		/* One that was just ending may still be seen, but not for long. */
		while (count_state(child, 'T', &all) != all)
			syscall(SYS_sched_yield);
		CHECK(all >= THREADS || i > 3);
		CHECK_EQ(kill(child, SIGCONT), 0);
		CHECK_EQ(waitpid(child, &status, WCONTINUED), child);
		CHECK(WIFCONTINUED(status));
		CHECK_EQ(waitpid(child, &status, WCONTINUED | WUNTRACED | WNOHANG), 0);
	}
	/* Who waited still waits, and goes on. */
	CHECK_EQ(write(to_child[1], "x", 1), 1);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 7 << 8);

	/* One that is stopped is killed all the same. */
	child = fork();
	if (child == 0) {
		ends[0] = to_child[0];
		run_child();
	}
	CHECK_EQ(read(ends[0], &byte, 1), 1);
	CHECK_EQ(kill(child, SIGSTOP), 0);
	CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
	CHECK_EQ(kill(child, SIGTERM), 0);
	CHECK_EQ(waitpid(child, &status, WNOHANG), 0);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, SIGKILL);
	PASS();
}
