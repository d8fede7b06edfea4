/* A thread as the C libraries make it: it has the memory, the descriptors, the working directory and the PID of its
 * process, and a number, a stack and a TLS of its own. */
#include "thread.h"

#include <fcntl.h>
#include <sys/stat.h>

static struct thread thread, others[8];
static volatile int ran, pid, tid, parent_tid_seen, go;
static int ends[2];
static unsigned long tls_block[16] __attribute__((aligned(64)));
static volatile unsigned long tls_seen;

static void first(void *argument)
{
	ran = *(int *)argument;
	pid = getpid();
	tid = own_tid();
	parent_tid_seen = thread.given;
	close(ends[0]);
	chdir("/tmp");
	umask(0123);
}

static void has_own(void *argument)
{
	*(volatile int *)argument = own_tid();
	wait_word(&go);
}

static void shares(void)
{
	int value = 42;
	char path[64];

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(chdir("/"), 0);
	umask(022);
	int made = thread_start(&thread, first, &value);
	CHECK(made > 0 && made != getpid());
	CHECK_EQ(thread.given, made);
	thread_join(&thread);
	CHECK_EQ(ran, 42);
	CHECK_EQ(pid, getpid());
	CHECK_EQ(tid, made);
	CHECK_EQ(parent_tid_seen, made);
	CHECK_ERRNO(close(ends[0]), EBADF);
	CHECK_EQ(close(ends[1]), 0);
	CHECK_STR(getcwd(path, sizeof(path)), "/tmp");
	CHECK_EQ(umask(022), 0123);
}

static void many(void)
{
	volatile int tids[8] = { 0 };

	go = 0;
	for (int i = 0; i < 8; i++)
		CHECK(thread_start(&others[i], has_own, (void *)&tids[i]) > 0);
	for (int i = 0; i < 8; i++)
		wait_word(&tids[i]);
	for (int i = 0; i < 8; i++) {
		CHECK_EQ(tids[i], others[i].given);
		CHECK(tids[i] != getpid());
		for (int j = 0; j < i; j++)
			CHECK(tids[i] != tids[j]);
		CHECK_EQ(syscall(SYS_tgkill, getpid(), tids[i], 0), 0);
	}
	CHECK_ERRNO(syscall(SYS_tgkill, getpid() + 1, tids[0], 0), ESRCH);
	go = 1;
	for (int i = 0; i < 8; i++)
		thread_join(&others[i]);
}

static void sees_tls(void *argument)
{
	unsigned long value;

	(void)argument;
	__asm__ volatile("mov %%fs:8, %0" : "=r"(value));
	tls_seen = value;
}

static void tls(void)
{
	unsigned long flags = THREAD_FLAGS | CLONE_SETTLS | CLONE_CHILD_SETTID;

	tls_block[1] = 0x1234567;
	thread.tid = 0;
	CHECK(clone_call(flags, thread.stack + sizeof(thread.stack), &thread.given, &others[0].tid, tls_block,
		sees_tls, NULL) > 0);
	while (!tls_seen)
		syscall(SYS_sched_yield);
	thread_join(&others[0]);
	CHECK_EQ(tls_seen, 0x1234567);
	/* Addresses that no TLS can have, and no memory for the TID: that is no error. */
	CHECK_ERRNO(syscall(SYS_clone, flags, thread.stack + 1000, &thread.given, &thread.tid, 1ul << 63), EPERM);
}

int main(void)
{
	shares();
	many();
	tls();
	CHECK_ERRNO(waitpid(-1, NULL, 0), ECHILD);
	PASS();
}
