/* Resource limits (proc/limits.h). */
#include "proc/limits.h"

#include "lib/errno.h"
#include "proc/credentials.h"
#include "proc/task.h"
#include "proc/signal.h"

#define STACK_LIMIT	(8ul << 20)
#define MEMLOCK_LIMIT	(8ul << 20)
#define MSGQUEUE_LIMIT	819200ul

void limits_init(struct process *process)
{
	struct abi_rlimit *limits = process->limits;

	for (u32 resource = 0; resource < ABI_RLIMITS; resource++)
		limits[resource] =
			(struct abi_rlimit){ ABI_RLIM_INFINITY, ABI_RLIM_INFINITY };
	limits[ABI_RLIMIT_STACK].rlim_cur = STACK_LIMIT;
	limits[ABI_RLIMIT_CORE].rlim_cur = 0;
	limits[ABI_RLIMIT_NOFILE] = (struct abi_rlimit){ FILES_MAX, FILES_MAX };
	limits[ABI_RLIMIT_NPROC] = (struct abi_rlimit){ PID_MAX, PID_MAX };
	limits[ABI_RLIMIT_MEMLOCK] = (struct abi_rlimit){ MEMLOCK_LIMIT, MEMLOCK_LIMIT };
	limits[ABI_RLIMIT_MSGQUEUE] = (struct abi_rlimit){ MSGQUEUE_LIMIT, MSGQUEUE_LIMIT };
	limits[ABI_RLIMIT_NICE] = limits[ABI_RLIMIT_RTPRIO] = (struct abi_rlimit){ 0, 0 };
}

void limits_give_space(const struct process *process, struct space *space)
{
	const struct abi_rlimit *limits = process->limits;

	WRITE_ONCE(space->stack_limit, limits[ABI_RLIMIT_STACK].rlim_cur);
	WRITE_ONCE(space->size_limit, limits[ABI_RLIMIT_AS].rlim_cur);
	WRITE_ONCE(space->data_limit, limits[ABI_RLIMIT_DATA].rlim_cur);
}

u64 limits_memlock(void)
{
	return credentials_privileged(thread_current()->fs)
		? UINT64_MAX
		: READ_ONCE(process_current()->limits[ABI_RLIMIT_MEMLOCK].rlim_cur);
}

/* Whether the caller may look at and change another's limits. */
static bool may_change_locked(const struct process *process)
{
	return process == process_current() || credentials_privileged(thread_current()->fs) ||
		(process->leader && credentials_match(process->leader->thread.fs));
}

static int check_new_locked(
	u32 resource, const struct abi_rlimit *new, const struct abi_rlimit *old)
{
	if (new->rlim_cur > new->rlim_max)
		return -EINVAL;
	if (resource == ABI_RLIMIT_NOFILE && new->rlim_max > FILES_MAX)
		return -EPERM;
	if (new->rlim_max > old->rlim_max && !credentials_privileged(task_current()->thread.fs))
		return -EPERM;
	return 0;
}

static int change_locked(struct process *process, u32 resource, const struct abi_rlimit *new,
	struct abi_rlimit *old)
{
	struct abi_rlimit *limit = &process->limits[resource];

	*old = *limit;
	if (!new)
		return 0;
	int error = check_new_locked(resource, new, old);
	if (error)
		return error;
	*limit = *new;
	if (resource == ABI_RLIMIT_CPU)
		cpu_timer_watch(process);
	/* A space that is shared is the parent's, until the child execs or the parent ends. */
	if (process->space && (process->space->owner == process || process->space->users == 1))
		limits_give_space(process, process->space);
	return 0;
}

int limits_change(int pid, u32 resource, const struct abi_rlimit *new, struct abi_rlimit *old)
{
	struct process *process;
	int error = -ESRCH;

	spin_lock(&process_lock);
	process = pid ? task_find_process_locked(pid) : process_current();
	if (process)
		error = !may_change_locked(process) ? -EPERM
			: resource >= ABI_RLIMITS ? -EINVAL
			: change_locked(process, resource, new, old);
	spin_unlock(&process_lock);
	return error;
}

long limits_size_result(long result)
{
	if (result == -EFBIG && *thread_current()->fs->size_limit < FILE_SIZE_MAX)
		signal_self(ABI_SIGXFSZ);
	return result;
}

bool limits_allow_child_locked(const struct process *parent)
{
	u64 most = parent->limits[ABI_RLIMIT_NPROC].rlim_cur, count = 0;
	const struct fs_context *own = thread_current()->fs;
	const struct process *process = NULL;

	if (own->uid == 0 || credentials_privileged(own) || most >= PID_MAX)
		return true;
	while ((process = process_next_locked(process)))
		if (process->uid == own->uid)
			count += MAX(process->unreaped, 1u);
	return count < most;
}
