/* System calls that wait for children, and tell what processes have used. */
#include "proc/exit.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "sys/timespec.h"
#include "vm/user.h"
#include <abi/signal.h>
#include <abi/time.h>
#include <abi/wait.h>
#include <gen/syscalls.h>

#define COMMON_OPTIONS	(ABI_WNOHANG | ABI_WNOTHREAD | ABI_WALL | (int)ABI_WCLONE)
#define WAIT4_OPTIONS	(COMMON_OPTIONS | ABI_WUNTRACED | ABI_WCONTINUED)
#define WHAT_OPTIONS	(ABI_WEXITED | ABI_WSTOPPED | ABI_WCONTINUED)
#define WAITID_OPTIONS	(COMMON_OPTIONS | WHAT_OPTIONS | ABI_WNOWAIT)

static void encode_usage(struct abi_rusage *rusage, const struct usage *usage)
{
	memset(rusage, 0, sizeof(*rusage));
	rusage->ru_utime = to_timeval(usage->user);
	rusage->ru_stime = to_timeval(usage->system);
	rusage->ru_maxrss = usage->resident_peak * (PAGE_SIZE / 1024);
	rusage->ru_minflt = usage->faults;
	rusage->ru_nvcsw = usage->yields;
	rusage->ru_nivcsw = usage->preemptions;
}

static int put_usage(struct user_ptr to, const struct usage *usage)
{
	struct abi_rusage encoded;

	if (user_ptr_is_null(to))
		return 0;
	encode_usage(&encoded, usage);
	return user_put(to, &encoded);
}

long sys_wait4(int pid, struct user_ptr wstatus, int options, struct user_ptr rusage)
{
	struct wait_request request = { .target = WAIT_FOR_PID, .id = pid,
		.options = options | ABI_WEXITED };
	struct wait_result waited;

	if (options & ~WAIT4_OPTIONS)
		return -EINVAL;
	if (pid == INT32_MIN)
		return -ESRCH;
	if (pid == -1) {
		request.target = WAIT_FOR_ANY;
	} else if (pid <= 0) {
		request.target = WAIT_FOR_GROUP;
		request.id = -pid;
	}
	long result = process_wait(&request, &waited);
	if (result <= 0)
		return result;
	if (!user_ptr_is_null(wstatus) && user_put(wstatus, &waited.status) < 0)
		return -EFAULT;
	return put_usage(rusage, &waited.usage) < 0 ? -EFAULT : result;
}

static int waitid_request(struct wait_request *request, int which, int id, int options)
{
	*request = (struct wait_request){ .id = id, .options = options };
	if (options & ~WAITID_OPTIONS || !(options & WHAT_OPTIONS))
		return -EINVAL;
	switch (which) {
	case ABI_P_ALL:
		request->target = WAIT_FOR_ANY;
		return 0;
	case ABI_P_PID:
		request->target = WAIT_FOR_PID;
		return id > 0 ? 0 : -EINVAL;
	case ABI_P_PGID:
		request->target = WAIT_FOR_GROUP;
		return id >= 0 ? 0 : -EINVAL;
	case ABI_P_PIDFD:
		/* No descriptor is one of a process. */
		return id >= 0 ? -EBADF : -EINVAL;
	default:
		return -EINVAL;
	}
}

static void encode_child(struct abi_siginfo *info, int pid, const struct wait_result *waited)
{
	u32 status = waited->status >> 8 & 0xff, ended_by = waited->status & 0x7f;

	info->si_signo = ABI_SIGCHLD;
	if (waited->status == ABI_WSTATUS_CONTINUED) {
		info->si_code = ABI_CLD_CONTINUED;
		status = ABI_SIGCONT;
	} else if (ended_by == 0x7f) {
		info->si_code = ABI_CLD_STOPPED;
	} else if (ended_by) {
		info->si_code = ABI_CLD_KILLED;
		status = ended_by;
	} else {
		info->si_code = ABI_CLD_EXITED;
	}
	info->data[0] = (u32)pid | (u64)waited->uid << 32;
	info->data[1] = status;
}

/* As Linux does it: infop is written also when there is an error or nothing to tell, and only as
 * far as a child's information goes. */
long sys_waitid(
	int which, int id, struct user_ptr infop, int options, struct user_ptr rusage)
{
	struct abi_siginfo info = { 0 };
	struct wait_request request;
	struct wait_result waited;

	long result = waitid_request(&request, which, id, options);
	if (result == 0)
		result = process_wait(&request, &waited);
	if (result > 0) {
		encode_child(&info, result, &waited);
		if (put_usage(rusage, &waited.usage) < 0)
			return -EFAULT;
		result = 0;
	}
	if (user_ptr_is_null(infop))
		return result;
	size_t size = offsetof(struct abi_siginfo, data) + sizeof(u64) + sizeof(s32);
	return user_write_bytes(infop, &info, size) < 0 ? -EFAULT : result;
}

long sys_getrusage(int who, struct user_ptr usage)
{
	struct abi_rusage encoded;
	struct usage used;

	switch (who) {
	case ABI_RUSAGE_SELF:
		usage_self(&used);
		break;
	case ABI_RUSAGE_THREAD:
		usage_thread(&used);
		break;
	case ABI_RUSAGE_CHILDREN:
		usage_children(&used);
		break;
	default:
		return -EINVAL;
	}
	encode_usage(&encoded, &used);
	return user_put(usage, &encoded);
}

long sys_times(struct user_ptr buf)
{
	struct usage self, children;

	usage_self(&self);
	usage_children(&children);
	struct abi_tms tms = {
		.tms_utime = self.user / TICK_NS,
		.tms_stime = self.system / TICK_NS,
		.tms_cutime = children.user / TICK_NS,
		.tms_cstime = children.system / TICK_NS,
	};
	if (!user_ptr_is_null(buf) && user_put(buf, &tms) < 0)
		return -EFAULT;
	return clock_ns() / TICK_NS;
}
