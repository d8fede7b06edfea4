/* A process of several threads, its children and its limits: fork has only the caller, vfork holds only the caller up, any
 * thread waits for any child unless it says __WNOTHREAD, times are added up, threads count for RLIMIT_NPROC. */
#include "thread.h"

#include <fcntl.h>
#include <sys/resource.h>

#define WNOTHREAD	0x20000000

static struct thread threads[3];
static volatile int go, ready, count, pid, result;
static int ends[2];

static void counts(void *argument)
{
	(void)argument;
	ready = 1;
	while (!go)
		count++;
}

static void forks(void *argument)
{
	(void)argument;
	int child = fork();
	if (child == 0) {
		/* Nobody counts here. */
		int before = count;
		usleep(20000);
		_exit(count == before && own_tid() == getpid() ? 3 : 4);
	}
	pid = child;
}

static void fork_alone(void)
{
	int status;

	ready = pid = go = 0;
	CHECK(thread_start(&threads[0], counts, NULL) > 0);
	wait_word(&ready);
	CHECK(thread_start(&threads[1], forks, NULL) > 0);
	wait_word(&pid);
	/* The child is the process's, and so the leader's to wait for; but not its thread's. */
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 3 << 8);
	go = 1;
	thread_join(&threads[0]);
	thread_join(&threads[1]);
}

static void forks_and_stays(void *argument)
{
	(void)argument;
	int child = fork();
	if (child == 0)
		_exit(5);
	pid = child;
	wait_word(&go);
}

static void own_children(void)
{
	int status;

	pid = go = 0;
	CHECK(thread_start(&threads[0], forks_and_stays, NULL) > 0);
	wait_word(&pid);
	CHECK_ERRNO(waitpid(pid, &status, WNOTHREAD), ECHILD);
	CHECK_ERRNO(waitpid(-1, &status, WNOTHREAD), ECHILD);
	go = 1;
	thread_join(&threads[0]);
	/* With its thread gone, the child is another's. */
	while (waitpid(pid, &status, WNOTHREAD) < 0)
		CHECK_EQ(errno, ECHILD);
	CHECK_EQ(status, 5 << 8);
}

static void vforks(void *argument)
{
	char byte;

	(void)argument;
	int child = vfork();
	if (child == 0) {
		ready = 1;
		_exit(read(ends[0], &byte, 1) == 1 ? 6 : 7);
	}
	result = 1;
	pid = child;
}

static void vfork_alone(void)
{
	int status;

	ready = result = pid = 0;
	CHECK_EQ(pipe(ends), 0);
	CHECK(thread_start(&threads[0], vforks, NULL) > 0);
	wait_word(&ready);
	/* This thread goes on, that one does not. */
	usleep(10000);
	CHECK_EQ(result, 0);
	CHECK_EQ(write(ends[1], "x", 1), 1);
	thread_join(&threads[0]);
	CHECK_EQ(result, 1);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 6 << 8);
	close(ends[0]);
	close(ends[1]);
}

static long ns_of(clockid_t clock)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	return time.tv_sec * 1000000000 + time.tv_nsec;
}

static volatile long used;

static void burns(void *argument)
{
	(void)argument;
	while (ns_of(CLOCK_THREAD_CPUTIME_ID) < 50000000)
		;
	used = ns_of(CLOCK_THREAD_CPUTIME_ID);
}

static long us_of(int who)
{
	struct rusage usage;

	CHECK_EQ(getrusage(who, &usage), 0);
	return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 + usage.ru_utime.tv_usec +
		usage.ru_stime.tv_usec;
}

static void times(void)
{
	long process = ns_of(CLOCK_PROCESS_CPUTIME_ID), thread = ns_of(CLOCK_THREAD_CPUTIME_ID);

	CHECK(thread_start(&threads[0], burns, NULL) > 0);
	thread_join(&threads[0]);
	/* The thread's before the process's, which grows with it. */
	long thread_more = ns_of(CLOCK_THREAD_CPUTIME_ID) - thread;
	long process_more = ns_of(CLOCK_PROCESS_CPUTIME_ID) - process;
	CHECK(process_more >= 50000000);
	CHECK(thread_more < process_more);
	long of_thread = us_of(RUSAGE_THREAD), of_process = us_of(RUSAGE_SELF);
	CHECK(of_process >= 50000);
	CHECK(of_thread < of_process);
}

static void idles(void *argument)
{
	(void)argument;
	while (!go)
		futex(&go, FUTEX_WAIT, 0, NULL);
}

/* As a user whom nobody else is. */
static void limited(void)
{
	const struct rlimit two = { 2, 2 };

	go = 0;
	CHECK_EQ(setrlimit(RLIMIT_NPROC, &two), 0);
	CHECK_EQ(setresuid(54321, 54321, 54321), 0);
	CHECK(thread_start(&threads[0], idles, NULL) > 0);
	CHECK_EQ(thread_start(&threads[1], idles, NULL), -EAGAIN);
	CHECK_ERRNO(fork(), EAGAIN);
	go = 1;
	futex(&go, FUTEX_WAKE, 1, NULL);
	thread_join(&threads[0]);
	/* Its place is free a moment after it has said so. */
	for (;;) {
		int child = fork();
		if (child == 0)
			_exit(0);
		if (child > 0) {
			waitpid(child, NULL, 0);
			_exit(8);
		}
		usleep(1000);
	}
}

int main(void)
{
	fork_alone();
	own_children();
	vfork_alone();
	times();
	if (getuid() == 0)
		CHECK_EXIT(limited, 8);
	PASS();
}
