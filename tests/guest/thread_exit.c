/* Who ends when, and with which status: one thread, the leader before the others, all of them at once from any state. */
#define _GNU_SOURCE
#include "proc_stat.h"
#include "thread.h"

#include <sys/prctl.h>

static struct thread threads[6];
static volatile int going, stop;
static int ends[2];

static void waits_for_ever(void *argument)
{
	(void)argument;
	__atomic_add_fetch(&going, 1, __ATOMIC_SEQ_CST);
	for (;;)
		futex(&stop, FUTEX_WAIT, 0, NULL);
}

static void reads(void *argument)
{
	char byte;

	(void)argument;
	__atomic_add_fetch(&going, 1, __ATOMIC_SEQ_CST);
	read(ends[0], &byte, 1);
	_exit(90);
}

static void spins(void *argument)
{
	(void)argument;
	__atomic_add_fetch(&going, 1, __ATOMIC_SEQ_CST);
	for (;;)
		;
}

static void in_vfork(void *argument)
{
	(void)argument;
	__atomic_add_fetch(&going, 1, __ATOMIC_SEQ_CST);
	if (vfork() == 0) {
		usleep(100000);
		_exit(0);
	}
}

static void in_wait(void *argument)
{
	(void)argument;
	__atomic_add_fetch(&going, 1, __ATOMIC_SEQ_CST);
	waitpid(-1, NULL, 0);
}

static void start_all(void)
{
	static void (*const functions[])(void *) = { waits_for_ever, reads, spins, in_vfork, in_wait };

	CHECK_EQ(pipe(ends), 0);
	for (int i = 0; i < 5; i++)
		CHECK(thread_start(&threads[i], functions[i], NULL) > 0);
	while (going < 5)
		syscall(SYS_sched_yield);
}

static void all_exit(void)
{
	start_all();
	_exit(6);
}

static void exits_group(void *argument)
{
	(void)argument;
	_exit(8);
}

static void other_exits(void)
{
	start_all();
	thread_start(&threads[5], exits_group, NULL);
	for (;;)
		pause();
}

static void all_killed(void)
{
	start_all();
	kill(getpid(), SIGTERM);
	_exit(1);
}

static void faults(void *argument)
{
	(void)argument;
	__asm__ volatile("movl $1, 8");
}

static void other_faults(void)
{
	start_all();
	thread_start(&threads[5], faults, NULL);
	for (;;)
		pause();
}

/* The leader goes; the others stay, and the process with them. The status is the last one's. */
static void later(void *to_group)
{
	proc_await(getpid(), 'Z');
	if (to_group)
		_exit(5);
	syscall(SYS_exit, 9);
}

static void leader_first(void)
{
	thread_start(&threads[0], later, NULL);
	syscall(SYS_exit, 3);
}

static void leader_first_then_group(void)
{
	thread_start(&threads[0], later, ends);
	syscall(SYS_exit, 3);
}

/* A process without its leader is there: it is found by its PID, signalled, and has a thread of that number. */
static void without_leader(void *argument)
{
	int pid = getpid();

	(void)argument;
	proc_await(pid, 'Z');
	if (kill(pid, 0) != 0 || syscall(SYS_tgkill, pid, pid, 0) != 0 || own_tid() == pid ||
		syscall(SYS_tgkill, pid, pid, SIGTERM) != 0)
		_exit(1);
	if (syscall(SYS_tkill, own_tid(), 0) != 0)
		_exit(2);
	kill(pid, SIGUSR1);
	_exit(4);
}

static void leader_gone(void)
{
	thread_start(&threads[0], without_leader, NULL);
	syscall(SYS_exit, 3);
}

static void ends_at_once(void *argument)
{
	(void)argument;
}

/* A parent sees nothing of threads that end. */
static void thread_ends(void)
{
	for (int i = 0; i < 100; i++) {
		CHECK(thread_start(&threads[0], ends_at_once, NULL) > 0);
		thread_join(&threads[0]);
	}
	_exit(0);
}

int main(void)
{
	/* The child of a process that was killed in vfork comes here. */
	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	CHECK_EXIT(all_exit, 6);
	CHECK_EXIT(other_exits, 8);
	CHECK_SIGNAL(all_killed, SIGTERM);
	CHECK_SIGNAL(other_faults, SIGSEGV);
	CHECK_EXIT(leader_first, 9);
	CHECK_EXIT(leader_first_then_group, 5);
	CHECK_SIGNAL(leader_gone, SIGUSR1);
	CHECK_EXIT(thread_ends, 0);
	while (waitpid(-1, NULL, 0) > 0)
		;
	PASS();
}
