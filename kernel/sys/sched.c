/* System calls on scheduling (sched(7)). */
#include "lib/errno.h"
#include "proc/process.h"
#include "proc/scheduling.h"
#include "sched/time.h"
#include "vm/user.h"
#include "x86/percpu.h"
#include <abi/sched.h>
#include <abi/time.h>
#include <gen/syscalls.h>

_Static_assert((int)THREAD_OTHER == ABI_SCHED_OTHER && (int)THREAD_FIFO == ABI_SCHED_FIFO &&
	(int)THREAD_RR == ABI_SCHED_RR && (int)THREAD_BATCH == ABI_SCHED_BATCH &&
	(int)THREAD_IDLE == ABI_SCHED_IDLE, "the kinds have Linux's numbers");

#define MASK_SIZE	sizeof(u64)	/* of a set of all CPUs that there can be */
#define NICE_TO_RESULT	20	/* what is returned is not negative */

long sys_sched_yield(void)
{
	sched_yield();
	return 0;
}

long sys_getpriority(int which, int who)
{
	int nice;
	int error = scheduling_get_nice(which, who, &nice);

	return error ? error : NICE_TO_RESULT - nice;
}

long sys_setpriority(int which, int who, int prio)
{
	return scheduling_set_nice(which, who, prio);
}

static long set_scheduler(int pid, int kind, struct user_ptr param)
{
	struct abi_sched_param wanted;
	bool reset = false;

	if (pid < 0 || user_ptr_is_null(param))
		return -EINVAL;
	int error = user_get(&wanted, param);
	if (error)
		return error;
	if (kind != THREAD_KEEP) {
		reset = kind & ABI_SCHED_RESET_ON_FORK;
		kind &= ~ABI_SCHED_RESET_ON_FORK;
	}
	return scheduling_set(pid, kind, wanted.sched_priority, reset);
}

long sys_sched_setscheduler(int pid, int policy, struct user_ptr param)
{
	return policy < 0 ? -EINVAL : set_scheduler(pid, policy, param);
}

long sys_sched_setparam(int pid, struct user_ptr param)
{
	return set_scheduler(pid, THREAD_KEEP, param);
}

long sys_sched_getscheduler(int pid)
{
	struct thread_policy policy;
	int error = pid < 0 ? -EINVAL : scheduling_get(pid, &policy);

	return error ? error : (long)policy.kind | (policy.reset ? ABI_SCHED_RESET_ON_FORK : 0);
}

long sys_sched_getparam(int pid, struct user_ptr param)
{
	struct abi_sched_param answer = { 0 };
	struct thread_policy policy;

	if (pid < 0 || user_ptr_is_null(param))
		return -EINVAL;
	int error = scheduling_get(pid, &policy);
	if (error)
		return error;
	answer.sched_priority = policy.urgency;
	return user_put(param, &answer);
}

/* What priorities a policy has, from 1 or 0 alone. */
static long priority_most(int policy)
{
	switch (policy) {
	case ABI_SCHED_FIFO:
	case ABI_SCHED_RR:
		return THREAD_URGENCY_MAX;
	case ABI_SCHED_OTHER:
	case ABI_SCHED_BATCH:
	case ABI_SCHED_IDLE:
		return 0;
	default:
		return -EINVAL;
	}
}

long sys_sched_get_priority_max(int policy)
{
	return priority_most(policy);
}

long sys_sched_get_priority_min(int policy)
{
	return MIN(priority_most(policy), 1l);
}

long sys_sched_rr_get_interval(int pid, struct user_ptr tp)
{
	struct thread_policy policy;
	int error = pid < 0 ? -EINVAL : scheduling_get(pid, &policy);
	u64 slice = SLICE_NS;

	if (error)
		return error;
	if (policy.kind == THREAD_FIFO)
		slice = 0;
	else if (policy.kind == THREAD_RR)
		slice = RR_SLICE_NS;
	struct abi_timespec answer = { .tv_nsec = (s64)slice };
	return user_put(tp, &answer);
}

/* CPUs beyond those that the caller has named are none of the set. */
long sys_sched_setaffinity(int pid, unsigned int len, struct user_ptr mask)
{
	u64 allowed = 0;
	int error = user_read_bytes(&allowed, mask, MIN((size_t)len, MASK_SIZE));

	return error ? error : scheduling_set_allowed(pid, allowed);
}

long sys_sched_getaffinity(int pid, unsigned int len, struct user_ptr mask)
{
	u64 allowed;

	/* In 32 bits, as Linux counts them. */
	if (len % MASK_SIZE != 0 || len * 8 < percpu_count)
		return -EINVAL;
	int error = scheduling_get_allowed(pid, &allowed);
	if (!error)
		error = user_put(mask, &allowed);
	return error ? error : (long)MASK_SIZE;
}

/* There is one node of memory. */
long sys_getcpu(struct user_ptr cpu, struct user_ptr node, unsigned long cache)
{
	u32 own = percpu_self()->id, none = 0;

	(void)cache;
	if (!user_ptr_is_null(cpu) && user_put(cpu, &own) < 0)
		return -EFAULT;
	if (!user_ptr_is_null(node) && user_put(node, &none) < 0)
		return -EFAULT;
	return 0;
}
