/* futex between processes: shared memory is the same wherever it is mapped, private memory is each process's own;
 * waiters are woken in order and as many as asked for; a lock made of it loses nobody. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#define WAIT	0
#define WAKE	1
#define PRIVATE	128
#define WAITERS	6
#define ROUNDS	2000

static int own;

static long futex(int *word, int op, int value)
{
	return syscall(SYS_futex, word, op, value, NULL, NULL, 0);
}

static pid_t start_waiter(int *word)
{
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		CHECK_EQ(futex(word, WAIT, 0), 0);
		_exit(0);
	}
	return child;
}

/* Wakes one after the other: each wake-up that is counted ends one. */
static void check_count(int *word, int *alias)
{
	int woken = 0, status;

	for (int i = 0; i < WAITERS; i++)
		start_waiter(word);
	while (woken < WAITERS) {
		int count = futex(alias, WAKE, 2);

		CHECK(count >= 0 && count <= 2);
		woken += count;
		for (; count > 0; count--) {
			CHECK(wait(&status) > 0);
			CHECK_EQ(status, 0);
		}
		usleep(1000);
	}
	CHECK_EQ(woken, WAITERS);
	CHECK_EQ(futex(alias, WAKE, 1), 0);
}

/* After "Futexes Are Tricky": 0 free, 1 taken, 2 taken and somebody waits. */
static void lock(int *word)
{
	int value = 0;

	if (__atomic_compare_exchange_n(word, &value, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		return;
	if (value != 2)
		value = __atomic_exchange_n(word, 2, __ATOMIC_SEQ_CST);
	while (value != 0) {
		futex(word, WAIT, 2);
		value = __atomic_exchange_n(word, 2, __ATOMIC_SEQ_CST);
	}
}

static void unlock(int *word)
{
	if (__atomic_exchange_n(word, 0, __ATOMIC_SEQ_CST) == 2)
		futex(word, WAKE, 1);
}

static void count_under_lock(volatile int *memory)
{
	for (int i = 0; i < ROUNDS; i++) {
		lock((int *)&memory[0]);
		int value = memory[1];
		if (i % 16 == 0)
			syscall(SYS_sched_yield);
		memory[1] = value + 1;
		unlock((int *)&memory[0]);
	}
}

int main(void)
{
	const char *path = scratch_path("futex");
	int fd = open(path, O_CREAT | O_RDWR, 0600), status;

	CHECK(fd >= 0);
	CHECK_EQ(unlink(path), 0);
	CHECK_EQ(write(fd, &own, sizeof(own)), sizeof(own));
	int *file = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	int *alias = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	int *shared = mmap(
		NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(file != MAP_FAILED && alias != MAP_FAILED && shared != MAP_FAILED);
	check_count(shared, shared);
	check_count(file, alias);

	/* The same address in another process's own memory, and the same word named private. */
	pid_t child = start_waiter(&own);
	usleep(30000);
	CHECK_EQ(futex(&own, WAKE, 1), 0);
	CHECK_EQ(kill(child, SIGKILL), 0);
	CHECK_EQ(waitpid(child, NULL, 0), child);
	child = start_waiter(shared);
	usleep(30000);
	CHECK_EQ(futex(shared, WAKE | PRIVATE, 1), 0);
	while (futex(shared, WAKE, 1) == 0)
		usleep(1000);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);

	for (int i = 0; i < 4; i++)
		if (fork() == 0) {
			count_under_lock(shared);
			_exit(0);
		}
	for (int i = 0; i < 4; i++) {
		CHECK(wait(&status) > 0);
		CHECK_EQ(status, 0);
	}
	CHECK_EQ(shared[1], 4 * ROUNDS);
	PASS();
}
