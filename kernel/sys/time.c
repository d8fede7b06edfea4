/* System calls on time. */
#include "sched/time.h"

#include "lib/errno.h"
#include "proc/process.h"
#include "sched/wait.h"
#include "vm/user.h"
#include <abi/time.h>
#include <gen/syscalls.h>

static struct abi_timespec to_timespec(u64 ns)
{
	return (struct abi_timespec){ .tv_sec = ns / NS_PER_SEC, .tv_nsec = ns % NS_PER_SEC };
}

/* The value of a clock in ns; false if there is no such clock. A process has one thread, so its
 * time is the thread's. */
static bool read_clock(int clock, u64 *ns)
{
	switch (clock) {
	case ABI_CLOCK_REALTIME:
	case ABI_CLOCK_REALTIME_COARSE:
		*ns = clock_wall_ns();
		return true;
	case ABI_CLOCK_MONOTONIC:
	case ABI_CLOCK_MONOTONIC_RAW:
	case ABI_CLOCK_MONOTONIC_COARSE:
	case ABI_CLOCK_BOOTTIME:
		*ns = clock_ns();
		return true;
	case ABI_CLOCK_PROCESS_CPUTIME_ID:
	case ABI_CLOCK_THREAD_CPUTIME_ID:
		*ns = thread_runtime(thread_current());
		return true;
	default:
		return false;
	}
}

long sys_clock_gettime(int clock, struct user_ptr tp)
{
	u64 ns;

	if (!read_clock(clock, &ns))
		return -EINVAL;
	struct abi_timespec timespec = to_timespec(ns);
	return user_put(tp, &timespec);
}

long sys_clock_getres(int clock, struct user_ptr res)
{
	struct abi_timespec timespec = to_timespec(1);
	u64 ns;

	if (!read_clock(clock, &ns))
		return -EINVAL;
	return user_ptr_is_null(res) ? 0 : user_put(res, &timespec);
}

/* The point in time that lies that far ahead, or the last one there is. */
static u64 deadline_after(const struct abi_timespec *timespec)
{
	u64 ns;

	if (__builtin_mul_overflow((u64)timespec->tv_sec, NS_PER_SEC, &ns) ||
	    __builtin_add_overflow(ns, (u64)timespec->tv_nsec, &ns) ||
	    __builtin_add_overflow(ns, clock_ns(), &ns))
		return WAIT_FOREVER;
	return ns;
}

long sys_nanosleep(struct user_ptr req, struct user_ptr rem)
{
	struct abi_timespec timespec;

	int error = user_get(&timespec, req);
	if (error)
		return error;
	if (timespec.tv_sec < 0 || timespec.tv_nsec < 0 || timespec.tv_nsec >= (s64)NS_PER_SEC)
		return -EINVAL;
	u64 deadline = deadline_after(&timespec);
	error = wait_until(WAIT_INTERRUPTIBLE, deadline);
	if (error && !user_ptr_is_null(rem)) {
		u64 now = clock_ns();
		timespec = to_timespec(deadline > now ? deadline - now : 0);
		if (user_put(rem, &timespec) < 0)
			return -EFAULT;
	}
	return error;
}
