/* exec with other threads: they are gone, and the caller has the number of its process, whoever it was. */
#include "thread.h"

#include <fcntl.h>

static struct thread threads[4];
static volatile int going;
static char *self;
static char pid_text[16];
static int ends[2];

static void spins(void *argument)
{
	(void)argument;
	__atomic_add_fetch(&going, 1, __ATOMIC_SEQ_CST);
	for (;;)
		;
}

static void reads(void *argument)
{
	char byte;

	(void)argument;
	__atomic_add_fetch(&going, 1, __ATOMIC_SEQ_CST);
	read(ends[0], &byte, 1);
	_exit(90);
}

static void run(void *argument)
{
	char *const arguments[] = { self, "program", pid_text, NULL }, *const none[] = { NULL };

	(void)argument;
	execve(self, arguments, none);
	_exit(91);
}

static void start(void)
{
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(fcntl(ends[0], F_SETFD, FD_CLOEXEC), 0);
	snprintf(pid_text, sizeof(pid_text), "%d", (int)getpid());
	CHECK(thread_start(&threads[0], spins, NULL) > 0);
	CHECK(thread_start(&threads[1], reads, NULL) > 0);
	while (going < 2)
		syscall(SYS_sched_yield);
}

static void by_leader(void)
{
	start();
	run(NULL);
}

static void by_other(void)
{
	start();
	CHECK(thread_start(&threads[2], run, NULL) > 0);
	for (;;)
		pause();
}

static void when_leader_is_gone(void)
{
	start();
	CHECK(thread_start(&threads[2], run, NULL) > 0);
	syscall(SYS_exit, 92);
}

static void both(void)
{
	start();
	CHECK(thread_start(&threads[2], run, NULL) > 0);
	/* On Linux nothing that shares directories can be made while the other's exec is under way. */
	int other = thread_start(&threads[3], run, NULL);
	CHECK(other > 0 || other == -EAGAIN);
	run(NULL);
}

/* One that fails harms nobody. */
static void fails(void)
{
	char *const none[] = { NULL };

	start();
	if (execve("/nowhere", none, none) != -1 || errno != ENOENT)
		_exit(93);
	if (syscall(SYS_tgkill, getpid(), threads[0].tid, 0) != 0)
		_exit(94);
	_exit(12);
}

static int program(const char *pid)
{
	CHECK_EQ(getpid(), atoi(pid));
	CHECK_EQ(own_tid(), getpid());
	CHECK_ERRNO(close(3), EBADF);
	CHECK_EQ(close(4), 0);
	return 11;
}

int main(int argc, char **argv)
{
	if (argc == 3)
		return program(argv[2]);
	self = argv[0];
	close(3);
	close(4);
	CHECK_EXIT(by_leader, 11);
	CHECK_EXIT(by_other, 11);
	CHECK_EXIT(when_leader_is_gone, 11);
	for (int i = 0; i < 20; i++)
		CHECK_EXIT(both, 11);
	CHECK_EXIT(fails, 12);
	PASS();
}
