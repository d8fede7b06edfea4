/* System calls on time. */
#include "sched/time.h"

#include "lib/errno.h"
#include "proc/signal.h"
#include "sys/timespec.h"
#include "vm/user.h"
#include <abi/time.h>
#include <gen/syscalls.h>

/* The value of a clock in ns; false if there is no such clock. */
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
		*ns = usage_self_runtime();
		return true;
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

/* Sleeps, and says what is left when a signal comes; goes on after one that has no handler. */
static long sleep_until(u64 deadline, struct user_ptr rem);

static long sleep_on(const u64 *arguments)
{
	return sleep_until(arguments[0], (struct user_ptr){ arguments[1] });
}

static long sleep_until(u64 deadline, struct user_ptr rem)
{
	if (wait_until(WAIT_INTERRUPTIBLE, deadline) == 0)
		return 0;
	if (!user_ptr_is_null(rem)) {
		struct abi_timespec left = to_timespec(deadline_left(deadline));
		if (user_put(rem, &left) < 0)
			return -EFAULT;
	}
	return signal_restart_later(sleep_on, deadline, rem.addr, 0);
}

long sys_nanosleep(struct user_ptr req, struct user_ptr rem)
{
	struct abi_timespec timespec;

	int error = user_get(&timespec, req);
	if (error)
		return error;
	if (!timespec_is_valid(&timespec))
		return -EINVAL;
	return sleep_until(deadline_after(timespec_ns(&timespec)), rem);
}

/* The wall clock is never set, so a time of day is as good a deadline as any. Only a clock that
 * goes on while everybody sleeps can be slept on. */
long sys_clock_nanosleep(int clock, int flags, struct user_ptr req, struct user_ptr rem)
{
	struct abi_timespec timespec;
	u64 clock_now, ns;

	if (!read_clock(clock, &clock_now))
		return -EINVAL;
	if (clock != ABI_CLOCK_REALTIME && clock != ABI_CLOCK_MONOTONIC &&
		clock != ABI_CLOCK_BOOTTIME)
		return -EOPNOTSUPP;
	int error = user_get(&timespec, req);
	if (error)
		return error;
	if (!timespec_is_valid(&timespec))
		return -EINVAL;
	ns = timespec_ns(&timespec);
	if (!(flags & ABI_TIMER_ABSTIME))
		return sleep_until(deadline_after(ns), rem);
	error = wait_until(WAIT_INTERRUPTIBLE,
		deadline_after(ns > clock_now ? ns - clock_now : 0));
	return error ? -ERESTARTNOHAND : 0;
}

long sys_gettimeofday(struct user_ptr tv, struct user_ptr tz)
{
	struct abi_timeval timeval = to_timeval(clock_wall_ns());
	struct abi_timezone utc = { 0 };

	if (!user_ptr_is_null(tv) && user_put(tv, &timeval) < 0)
		return -EFAULT;
	return user_ptr_is_null(tz) ? 0 : user_put(tz, &utc);
}

long sys_time(struct user_ptr tloc)
{
	s64 seconds = clock_wall_ns() / NS_PER_SEC;

	if (!user_ptr_is_null(tloc) && user_put(tloc, &seconds) < 0)
		return -EFAULT;
	return seconds;
}
