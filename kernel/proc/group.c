/* Process groups (proc/group.h). */
#include "proc/group.h"

#include "lib/errno.h"
#include "proc/process.h"

static struct process *target_locked(int pid)
{
	return pid == 0 ? process_current() : process_find_locked(pid);
}

static int set_locked(struct process *process, int group)
{
	const struct process *self = process_current();

	if (!process || (process != self && process->parent != self))
		return -ESRCH;
	if (process != self && process->has_execed)
		return -EACCES;
	/* Process 1 leads the session, and whoever leads one stays in its group. */
	if (process->pid == PID_INIT)
		return -EPERM;
	if (group == 0)
		group = process->pid;
	if (group != process->pid && !process_group_exists_locked(group))
		return -EPERM;
	process->group = group;
	return 0;
}

int group_set(int pid, int group)
{
	if (group < 0)
		return -EINVAL;
	spin_lock(&process_lock);
	int error = set_locked(target_locked(pid), group);
	spin_unlock(&process_lock);
	return error;
}

int group_get(int pid)
{
	spin_lock(&process_lock);
	const struct process *process = target_locked(pid);
	int group = process ? process->group : -ESRCH;
	spin_unlock(&process_lock);
	return group;
}
