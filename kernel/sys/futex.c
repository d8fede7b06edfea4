/* futex(2). */
#include "proc/futex.h"

#include "lib/errno.h"
#include "proc/signal.h"
#include "sys/timespec.h"
#include <abi/futex.h>
#include <gen/syscalls.h>

/* With a time limit it goes on for the rest of it after a signal that has no handler, and is not
 * begun anew after one that has. */
static long wait_until_woken(struct user_ptr word, u32 value, bool private, u64 deadline);

static long wait_on(const u64 *arguments)
{
	return wait_until_woken((struct user_ptr){ arguments[0] }, arguments[1],
		arguments[1] >> 32, arguments[2]);
}

static long wait_until_woken(struct user_ptr word, u32 value, bool private, u64 deadline)
{
	long result = futex_wait(word, value, private, deadline);

	if (result != -ERESTARTSYS || deadline == WAIT_FOREVER)
		return result;
	return signal_restart_later(wait_on, word.addr, value | (u64)private << 32, deadline);
}

static long wait(struct user_ptr word, u32 value, bool private, struct user_ptr timeout)
{
	struct abi_timespec timespec;
	u64 deadline = WAIT_FOREVER;

	if (!user_ptr_is_null(timeout)) {
		if (user_get(&timespec, timeout) < 0)
			return -EFAULT;
		if (!timespec_is_valid(&timespec))
			return -EINVAL;
		deadline = deadline_after(timespec_ns(&timespec));
	}
	return wait_until_woken(word, value, private, deadline);
}

long sys_futex(struct user_ptr uaddr, int op, unsigned int val, unsigned long timeout,
	unsigned long uaddr2, unsigned int val3)
{
	bool private = op & ABI_FUTEX_PRIVATE;

	(void)uaddr2;
	(void)val3;
	switch (op & ~ABI_FUTEX_PRIVATE) {
	case ABI_FUTEX_WAIT:
		return wait(uaddr, val, private, (struct user_ptr){ timeout });
	case ABI_FUTEX_WAKE:
		/* As Linux has it: who asks for none, or for fewer, gets one. */
		return futex_wake(uaddr, MAX((int)val, 1), private);
	default:
		return -ENOSYS;
	}
}
