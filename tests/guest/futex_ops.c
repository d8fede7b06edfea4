/* futex: all operations but those that inherit priority: which waiters are woken or moved, what is changed, errors. */
#include "proc_stat.h"
#include "thread.h"

#include <limits.h>

#define REQUEUE		3
#define CMP_REQUEUE	4
#define WAKE_OP		5
#define WAIT_BITSET	9
#define WAKE_BITSET	10
#define REALTIME	256

#define SLEEPERS	4

struct sleeper {
	struct thread thread;
	volatile int *word;
	unsigned bits;
	int flag;		/* FUTEX_PRIVATE or none */
	volatile int result;	/* 1: not back yet */
};

static struct sleeper sleepers[SLEEPERS];
static int words[4];

static long call(void *word, int op, int value, unsigned long timeout, void *other, unsigned value3)
{
	return syscall(SYS_futex, word, op, value, timeout, other, value3);
}

static void sleeps(void *argument)
{
	struct sleeper *self = argument;

	self->result = call((void *)self->word, WAIT_BITSET | self->flag, 0, 0, NULL, self->bits);
}

/* Starts one and waits until it sleeps. */
static void start(int i, volatile int *word, unsigned bits, int flag)
{
	sleepers[i].word = word;
	sleepers[i].bits = bits;
	sleepers[i].flag = flag;
	sleepers[i].result = 1;
	CHECK(thread_start(&sleepers[i].thread, sleeps, &sleepers[i]) > 0);
	proc_await_thread(sleepers[i].thread.given, 'S');
}

static void start_all(volatile int *word, int flag)
{
	for (int i = 0; i < SLEEPERS; i++)
		start(i, word, 1u << i, flag);
}

static void ended(int i)
{
	thread_join(&sleepers[i].thread);
	CHECK_EQ(sleepers[i].result, 0);
}

static void bitsets(int flag)
{
	start_all(words, flag);
	CHECK_EQ(call(words, WAKE_BITSET | flag, INT_MAX, 0, NULL, 4), 1);
	ended(2);
	CHECK_EQ(call(words, WAKE_BITSET | flag, INT_MAX, 0, NULL, 4 | 16), 0);
	CHECK_EQ(call(words, WAKE_BITSET | flag, 1, 0, NULL, 2 | 8), 1);
	ended(1);
	CHECK_EQ(call(words + 1, FUTEX_WAKE | flag, INT_MAX, 0, NULL, 0), 0);
	CHECK_EQ(call(words, FUTEX_WAKE | flag, INT_MAX, 0, NULL, 0), 2);
	ended(0);
	ended(3);
}

static void moves(int flag)
{
	start_all(words, flag);
	CHECK_ERRNO(call(words, CMP_REQUEUE | flag, 1, 1, words + 1, 7), EAGAIN);
	CHECK_EQ(call(words, CMP_REQUEUE | flag, 1, 1, words + 1, 0), 2);
	ended(0);
	CHECK_EQ(call(words + 1, FUTEX_WAKE | flag, INT_MAX, 0, NULL, 0), 1);
	ended(1);
	CHECK_EQ(call(words, REQUEUE | flag, 0, INT_MAX, words + 2, 0), 2);
	CHECK_EQ(call(words, FUTEX_WAKE | flag, INT_MAX, 0, NULL, 0), 0);
	/* Onto itself. */
	CHECK_EQ(call(words + 2, REQUEUE | flag, 0, INT_MAX, words + 2, 0), 2);
	CHECK_EQ(call(words + 2, FUTEX_WAKE | flag, 1, 0, NULL, 0), 1);
	ended(2);
	CHECK_EQ(call(words + 2, FUTEX_WAKE | flag, 1, 0, NULL, 0), 1);
	ended(3);
}

#define OP(op, argument, compare, value) \
	((unsigned)(op) << 28 | (compare) << 24 | ((argument) & 0xfff) << 12 | ((value) & 0xfff))

static void operations(int flag)
{
	static const struct {
		unsigned operation;
		int before, after;
	} ops[] = {
		{ OP(0, 5, 0, 0), 3, 5 }, { OP(1, -1, 0, 0), 3, 2 }, { OP(2, 4, 0, 0), 3, 7 },
		{ OP(3, 1, 0, 0), 3, 2 }, { OP(4, 6, 0, 0), 3, 5 }, { OP(8, 5, 0, 0), 3, 32 },
		{ OP(9, 5, 0, 0), 3, 35 }, { OP(8, 33, 0, 0), 3, 2 },
	};
	static const struct {
		int compare, argument, before, holds;
	} compares[] = {
		{ 0, 3, 3, 1 }, { 0, 4, 3, 0 }, { 1, 3, 3, 0 }, { 1, 4, 3, 1 }, { 2, -1, -2, 1 },
		{ 2, -2, -2, 0 }, { 3, -2, -2, 1 }, { 3, -3, -2, 0 }, { 4, -3, 1, 1 }, { 4, 1, 1, 0 },
		{ 5, 1, 1, 1 }, { 5, 2, 1, 0 },
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		words[3] = ops[i].before;
		CHECK_EQ(call(words, WAKE_OP | flag, 1, 1, words + 3, ops[i].operation), 0);
		CHECK_EQ(words[3], ops[i].after);
	}
	for (size_t i = 0; i < sizeof(compares) / sizeof(compares[0]); i++) {
		words[3] = 0;
		start(0, words, 1, flag);
		start(1, words + 3, 1, flag);
		words[3] = compares[i].before;
		unsigned operation = OP(1, 0, compares[i].compare, compares[i].argument);
		CHECK_EQ(call(words, WAKE_OP | flag, 1, 1, words + 3, operation), 1 + compares[i].holds);
		CHECK_EQ(call(words + 3, FUTEX_WAKE | flag, 1, 0, NULL, 0), !compares[i].holds);
		ended(0);
		ended(1);
	}
	words[3] = 0;
	CHECK_ERRNO(call(words, WAKE_OP | flag, 1, 1, words + 3, OP(5, 0, 0, 0)), ENOSYS);
	CHECK_ERRNO(call(words, WAKE_OP | flag, 1, 1, words + 3, OP(1, 1, 6, 0)), ENOSYS);
	CHECK_EQ(words[3], 1);
	CHECK_ERRNO(call(words, WAKE_OP | flag, 1, 1, (void *)8, OP(1, 1, 0, 0)), EFAULT);
	CHECK_ERRNO(call(words, WAKE_OP | flag, 1, 1, (char *)words + 1, OP(1, 1, 0, 0)), EINVAL);
}

static long until(clockid_t clock, long ns, int op)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(clock, &time), 0);
	time.tv_sec += (time.tv_nsec + ns) / 1000000000;
	time.tv_nsec = (time.tv_nsec + ns) % 1000000000;
	return call(words, op, 0, (unsigned long)&time, NULL, ~0u);
}

static void deadlines(void)
{
	const struct timespec past = { 1, 0 }, bad = { 0, 1000000000 }, negative = { -1, 0 };
	struct timespec before, after;

	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &before), 0);
	CHECK_ERRNO(until(CLOCK_MONOTONIC, 20000000, WAIT_BITSET), ETIMEDOUT);
	CHECK_ERRNO(until(CLOCK_REALTIME, 20000000, WAIT_BITSET | REALTIME), ETIMEDOUT);
	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &after), 0);
	CHECK((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >= 40000000);
	CHECK_ERRNO(call(words, WAIT_BITSET, 0, (unsigned long)&past, NULL, 1), ETIMEDOUT);
	CHECK_ERRNO(call(words, WAIT_BITSET | REALTIME, 0, (unsigned long)&past, NULL, 1), ETIMEDOUT);
	CHECK_ERRNO(call(words, WAIT_BITSET, 1, (unsigned long)&past, NULL, 1), EAGAIN);
	CHECK_ERRNO(call(words, WAIT_BITSET, 0, (unsigned long)&bad, NULL, 1), EINVAL);
	CHECK_ERRNO(call(words, WAIT_BITSET, 0, (unsigned long)&negative, NULL, 1), EINVAL);
	CHECK_ERRNO(call(words, FUTEX_WAIT, 0, 8, NULL, 1), EFAULT);
}

static void errors(void)
{
	CHECK_ERRNO(call(words, FUTEX_WAIT | REALTIME, 0, 0, NULL, 0), ENOSYS);
	CHECK_ERRNO(call(words, FUTEX_WAKE | REALTIME, 1, 0, NULL, 0), ENOSYS);
	CHECK_ERRNO(call(words, WAIT_BITSET, 0, 0, NULL, 0), EINVAL);
	CHECK_ERRNO(call(words, WAKE_BITSET, 1, 0, NULL, 0), EINVAL);
	CHECK_ERRNO(call(words, REQUEUE, -1, 1, words + 1, 0), EINVAL);
	CHECK_ERRNO(call(words, REQUEUE, 1, -1, words + 1, 0), EINVAL);
	CHECK_ERRNO(call(words, CMP_REQUEUE, -1, 1, words + 1, 9), EINVAL);
	CHECK_ERRNO(call(words, CMP_REQUEUE, 1, 1, (char *)words + 1, 0), EINVAL);
	CHECK_ERRNO(call(words, CMP_REQUEUE, 1, 1, (void *)8, 0), EFAULT);
	CHECK_ERRNO(call((void *)8, CMP_REQUEUE | FUTEX_PRIVATE, 1, 1, words, 0), EFAULT);
	CHECK_ERRNO(call(words, 2, 1, 0, NULL, 0), ENOSYS);
	CHECK_ERRNO(call(words, 99, 1, 0, NULL, 0), ENOSYS);
	CHECK_ERRNO(call(words, FUTEX_WAIT | 0x400, 1, 0, NULL, 0), ENOSYS);
	CHECK_ERRNO(syscall(SYS_membarrier, 0, 1, 0), EINVAL);
	CHECK_ERRNO(syscall(SYS_membarrier, -1, 0, 0), EINVAL);
	CHECK(syscall(SYS_membarrier, 0, 0, 0) >= 0);
}

int main(void)
{
	for (int flag = 0; flag <= FUTEX_PRIVATE; flag += FUTEX_PRIVATE) {
		bitsets(flag);
		moves(flag);
		operations(flag);
	}
	deadlines();
	errors();
	PASS();
}
