/* futex(2). */
#include "proc/futex.h"

#include "lib/errno.h"
#include "sys/timespec.h"
#include <abi/futex.h>
#include <gen/syscalls.h>

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
	return futex_wait(word, value, private, deadline);
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
