/* Waiting for a word to change. Without a deadline it is FUTEX_WAIT; with one FUTEX_WAIT_BITSET,
 * whose time is absolute and may be one of either clock. */
#include "futex.h"

#include <errno.h>

#include "cancel.h"

#define ANY_BIT 0xffffffffu

typedef long (*six_arguments)(long, long, long, long, long, long, long);

static long plain_call(long a, long b, long c, long d, long e, long f, long number)
{
	return syscall6(number, a, b, c, d, e, f);
}

static int wait(const void *word, int value, bool shared, struct deadline deadline,
	six_arguments call)
{
	int flags = shared ? 0 : ABI_FUTEX_PRIVATE;
	long result;

	if (!deadline.time) {
		result = call((long)word, ABI_FUTEX_WAIT | flags, value, 0, 0, 0, SYS_futex);
	} else {
		if (deadline.clock == CLOCK_REALTIME)
			flags |= ABI_FUTEX_CLOCK_REALTIME;
		else if (deadline.clock != CLOCK_MONOTONIC)
			return EINVAL;
		if ((unsigned long)deadline.time->tv_nsec >= 1000000000)
			return EINVAL;
		if (deadline.time->tv_sec < 0)
			return ETIMEDOUT;
		result = call((long)word, ABI_FUTEX_WAIT_BITSET | flags, value,
			(long)deadline.time, 0, ANY_BIT, SYS_futex);
	}
	return result == -EAGAIN ? 0 : (int)-result;
}

int __futex_wait(const void *word, int value, bool shared, struct deadline deadline)
{
	return wait(word, value, shared, deadline, plain_call);
}

int __futex_wait_cancel(const void *word, int value, bool shared, struct deadline deadline)
{
	return wait(word, value, shared, deadline, __cancel_call);
}
