/* System calls on signals. */
#include "proc/signal.h"

#include "lib/errno.h"
#include "proc/alarm.h"
#include "proc/cpu_timer.h"
#include "proc/signal_frame.h"
#include "proc/trace.h"
#include "sys/timespec.h"
#include "vm/user.h"
#include <abi/time.h>
#include <gen/syscalls.h>

#define NS_PER_US	1000ul
#define ACTION_FLAGS \
	(ABI_SA_NOCLDSTOP | ABI_SA_NOCLDWAIT | ABI_SA_SIGINFO | ABI_SA_RESTORER | \
		ABI_SA_ONSTACK | ABI_SA_RESTART | ABI_SA_NODEFER | ABI_SA_RESETHAND)

long sys_rt_sigaction(int sig, struct user_ptr act, struct user_ptr oldact, size_t sigsetsize)
{
	struct abi_sigaction new, old;
	bool sets = !user_ptr_is_null(act);

	if (sigsetsize != sizeof(struct abi_sigset))
		return -EINVAL;
	if (sets && user_get(&new, act) < 0)
		return -EFAULT;
	if (!signal_is_valid(sig) || (sets && SIGNAL_BIT(sig) & SIGNALS_UNBLOCKABLE))
		return -EINVAL;
	if (sets)
		new.sa_flags &= ACTION_FLAGS;
	signal_set_action(sig, sets ? &new : NULL, &old);
	return user_ptr_is_null(oldact) ? 0 : user_put(oldact, &old);
}

static int new_mask(int how, u64 set, u64 *mask)
{
	switch (how) {
	case ABI_SIG_BLOCK:
		*mask |= set;
		return 0;
	case ABI_SIG_UNBLOCK:
		*mask &= ~set;
		return 0;
	case ABI_SIG_SETMASK:
		*mask = set;
		return 0;
	default:
		return -EINVAL;
	}
}

long sys_rt_sigprocmask(int how, struct user_ptr set, struct user_ptr oldset, size_t sigsetsize)
{
	u64 old = signal_mask(), mask = old, bits;

	if (sigsetsize != sizeof(bits))
		return -EINVAL;
	if (!user_ptr_is_null(set)) {
		int error = user_get(&bits, set);
		if (!error)
			error = new_mask(how, bits, &mask);
		if (error)
			return error;
		signal_set_mask(mask);
	}
	return user_ptr_is_null(oldset) ? 0 : user_put(oldset, &old);
}

long sys_rt_sigpending(struct user_ptr set, size_t sigsetsize)
{
	u64 pending = signal_pending();

	if (sigsetsize > sizeof(pending))
		return -EINVAL;
	return user_write_bytes(set, &pending, sigsetsize);
}

long sys_rt_sigsuspend(struct user_ptr mask, size_t sigsetsize)
{
	u64 bits;

	if (sigsetsize != sizeof(bits))
		return -EINVAL;
	if (user_get(&bits, mask) < 0)
		return -EFAULT;
	signal_set_mask_for_call(bits);
	return signal_pause();
}

long sys_pause(void)
{
	return signal_pause();
}

static int get_deadline(struct user_ptr timeout, u64 *deadline)
{
	struct abi_timespec time;

	*deadline = WAIT_FOREVER;
	if (user_ptr_is_null(timeout))
		return 0;
	if (user_get(&time, timeout) < 0)
		return -EFAULT;
	if (!timespec_is_valid(&time))
		return -EINVAL;
	u64 ns = timespec_ns(&time);
	*deadline = ns ? deadline_after(ns) : 0;
	return 0;
}

long sys_rt_sigtimedwait(
	struct user_ptr set, struct user_ptr info, struct user_ptr timeout, size_t sigsetsize)
{
	struct signal_info taken;
	u64 bits, deadline;

	if (sigsetsize != sizeof(bits))
		return -EINVAL;
	if (user_get(&bits, set) < 0)
		return -EFAULT;
	int error = get_deadline(timeout, &deadline);
	if (error)
		return error;
	int signal = signal_wait(bits, deadline, &taken);
	if (signal < 0 || user_ptr_is_null(info))
		return signal;
	struct abi_siginfo encoded = { .si_signo = taken.signal, .si_code = taken.code,
		.data = { taken.data[0], taken.data[1] } };
	return user_put(info, &encoded) < 0 ? -EFAULT : signal;
}

long sys_rt_sigreturn(void)
{
	trace_last_call(trap_user_frame());
	return signal_frame_return(trap_user_frame());
}

long sys_restart_syscall(void)
{
	return signal_restart();
}

long sys_sigaltstack(struct user_ptr ss, struct user_ptr old_ss)
{
	struct abi_stack new, old;
	bool sets = !user_ptr_is_null(ss);

	if (sets && user_get(&new, ss) < 0)
		return -EFAULT;
	int error = signal_stack(sets ? &new : NULL, &old, trap_user_frame()->rsp);
	if (error)
		return error;
	return user_ptr_is_null(old_ss) ? 0 : user_put(old_ss, &old);
}

long sys_kill(int pid, int sig)
{
	return process_kill(pid, sig);
}

long sys_tgkill(int tgid, int tid, int sig)
{
	return tgid <= 0 ? -EINVAL : process_kill_thread(tgid, tid, sig);
}

long sys_tkill(int tid, int sig)
{
	return process_kill_thread(0, tid, sig);
}

/* Times too long to say in ns are the longest there are. */
static int get_ns(const struct abi_timeval *time, u64 *ns)
{
	if (time->tv_sec < 0 || time->tv_usec < 0 || time->tv_usec >= 1000000)
		return -EINVAL;
	if (__builtin_mul_overflow((u64)time->tv_sec, NS_PER_SEC, ns) ||
		__builtin_add_overflow(*ns, time->tv_usec * NS_PER_US, ns) || *ns > INT64_MAX)
		*ns = INT64_MAX;
	return 0;
}

static int put_timer(struct user_ptr to, const struct alarm_time *time)
{
	struct abi_itimerval value = { to_timeval(time->interval), to_timeval(time->value) };

	return user_put(to, &value);
}

long sys_getitimer(int which, struct user_ptr value)
{
	struct alarm_time time;

	if (which == ABI_ITIMER_REAL)
		alarm_get(&time);
	else if (which == ABI_ITIMER_VIRTUAL || which == ABI_ITIMER_PROF)
		cpu_timer_get(which - ABI_ITIMER_VIRTUAL, &time);
	else
		return -EINVAL;
	return put_timer(value, &time);
}

long sys_setitimer(int which, struct user_ptr value, struct user_ptr old_value)
{
	struct abi_itimerval given = { 0 };
	struct alarm_time new, old;

	if (!user_ptr_is_null(value) && user_get(&given, value) < 0)
		return -EFAULT;
	if (get_ns(&given.it_value, &new.value) < 0 || get_ns(&given.it_interval, &new.interval) < 0)
		return -EINVAL;
	if (which == ABI_ITIMER_REAL)
		alarm_set(&new, &old);
	else if (which == ABI_ITIMER_VIRTUAL || which == ABI_ITIMER_PROF)
		cpu_timer_set(which - ABI_ITIMER_VIRTUAL, &new, &old);
	else
		return -EINVAL;
	return user_ptr_is_null(old_value) ? 0 : put_timer(old_value, &old);
}

/* What was left, in seconds: rounded, but never to none. */
long sys_alarm(unsigned int seconds)
{
	struct alarm_time new = { .value = seconds * NS_PER_SEC }, old;

	alarm_set(&new, &old);
	u64 left = old.value / NS_PER_SEC, rest = old.value % NS_PER_SEC;
	return left + ((left == 0 && rest) || rest >= NS_PER_SEC / 2);
}
