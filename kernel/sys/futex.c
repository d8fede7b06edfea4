/* futex(2), and the list of robust futexes. */
#include "proc/futex.h"

#include "lib/errno.h"
#include "proc/robust.h"
#include "proc/signal.h"
#include "sys/timespec.h"
#include <abi/futex.h>
#include <gen/syscalls.h>

#define FLAGS	(ABI_FUTEX_PRIVATE | ABI_FUTEX_CLOCK_REALTIME)
#define IS_PRIVATE	(1ul << 63)	/* beside the address, for wait_on */

/* With a time limit it goes on for the rest of it after a signal that has no handler, and is not
 * begun anew after one that has. */
static long wait_until_woken(
	struct user_ptr word, u32 value, u32 bits, bool private, u64 deadline);

static long wait_on(const u64 *arguments)
{
	return wait_until_woken((struct user_ptr){ arguments[0] & ~IS_PRIVATE }, arguments[1],
		arguments[1] >> 32, arguments[0] & IS_PRIVATE, arguments[2]);
}

static long wait_until_woken(struct user_ptr word, u32 value, u32 bits, bool private, u64 deadline)
{
	if (bits == 0)
		return -EINVAL;
	long result = futex_wait(word, value, bits, private, deadline);
	if (result != -ERESTARTSYS || deadline == WAIT_FOREVER)
		return result;
	return signal_restart_later(wait_on, word.addr | (private ? IS_PRIVATE : 0),
		value | (u64)bits << 32, deadline);
}

/* When the wait ends: FUTEX_WAIT says how long it may last, FUTEX_WAIT_BITSET until when. */
static int get_deadline(struct user_ptr timeout, int op, u64 *deadline)
{
	struct abi_timespec timespec;

	if (user_get(&timespec, timeout) < 0)
		return -EFAULT;
	if (!timespec_is_valid(&timespec))
		return -EINVAL;
	u64 ns = timespec_ns(&timespec);
	if (op & ABI_FUTEX_CLOCK_REALTIME)
		ns -= MIN(ns, clock_wall_offset());
	*deadline = (op & ~FLAGS) == ABI_FUTEX_WAIT ? deadline_after(ns) : ns;
	return 0;
}

static long wait_limited(
	struct user_ptr word, int op, u32 value, u32 bits, struct user_ptr timeout)
{
	u64 deadline;

	int error = get_deadline(timeout, op, &deadline);
	if (error)
		return error;
	return wait_until_woken(word, value, bits, op & ABI_FUTEX_PRIVATE, deadline);
}

static long wait(struct user_ptr word, int op, u32 value, u32 bits, struct user_ptr timeout)
{
	if (user_ptr_is_null(timeout))
		return wait_until_woken(word, value, bits, op & ABI_FUTEX_PRIVATE, WAIT_FOREVER);
	return wait_limited(word, op, value, bits, timeout);
}

static long requeue(struct user_ptr word, struct user_ptr other, int count, int move,
	const u32 *expected, bool private)
{
	if (count < 0 || move < 0)
		return -EINVAL;
	return futex_requeue(word, other, count, move, expected, private);
}

/* As Linux has it: who asks for none, or for fewer, gets one. */
static u32 at_least_one(int count)
{
	return MAX(count, 1);
}

long sys_futex(struct user_ptr uaddr, int op, unsigned int val, unsigned long timeout,
	unsigned long uaddr2, unsigned int val3)
{
	struct user_ptr limit = { timeout }, other = { uaddr2 };
	bool private = op & ABI_FUTEX_PRIVATE;
	int command = op & ~FLAGS;

	if (op & ABI_FUTEX_CLOCK_REALTIME && command != ABI_FUTEX_WAIT_BITSET)
		return -ENOSYS;
	switch (command) {
	case ABI_FUTEX_WAIT:
		return wait(uaddr, op, val, FUTEX_ALL_BITS, limit);
	case ABI_FUTEX_WAIT_BITSET:
		return wait(uaddr, op, val, val3, limit);
	case ABI_FUTEX_WAKE:
		return futex_wake(uaddr, at_least_one(val), FUTEX_ALL_BITS, private);
	case ABI_FUTEX_WAKE_BITSET:
		return val3 ? futex_wake(uaddr, at_least_one(val), val3, private) : -EINVAL;
	case ABI_FUTEX_REQUEUE:
		return requeue(uaddr, other, val, timeout, NULL, private);
	case ABI_FUTEX_CMP_REQUEUE:
		return requeue(uaddr, other, val, timeout, &val3, private);
	case ABI_FUTEX_WAKE_OP:
		return futex_wake_operation(uaddr, other, at_least_one(val),
			at_least_one(timeout), val3, private);
	default:
		return -ENOSYS;
	}
}

long sys_set_robust_list(unsigned long head, size_t len)
{
	if (len != sizeof(struct abi_robust_list_head))
		return -EINVAL;
	robust_set(head);
	return 0;
}

long sys_get_robust_list(int pid, struct user_ptr head, struct user_ptr len)
{
	u64 size = sizeof(struct abi_robust_list_head), address;

	int error = robust_get(pid, &address);
	if (!error && user_put(len, &size) < 0)
		error = -EFAULT;
	return error ? error : user_put(head, &address);
}

/* Nothing of it is offered: who asks is told so, and does without. */
long sys_membarrier(int cmd, unsigned int flags, int cpu_id)
{
	(void)cpu_id;
	return cmd == ABI_MEMBARRIER_QUERY && flags == 0 ? 0 : -EINVAL;
}
