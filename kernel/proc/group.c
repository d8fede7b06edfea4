/* Process groups and sessions (proc/group.h). */
#include "proc/group.h"

#include "lib/errno.h"
#include "proc/group_table.h"
#include "proc/process.h"
#include "proc/signal.h"
#include "proc/task.h"

static const struct session_terminal_ops *terminal_ops;

/* Any thread's number means its process. */
static struct process *target_locked(int pid)
{
	return pid == 0 ? process_current() : task_find_process_locked(pid);
}

static bool leads_session(const struct process *process)
{
	return process->session->id == process->pid;
}

/* Whether the caller may move the process. */
static int check_member_locked(const struct process *process)
{
	const struct process *self = process_current();

	if (!process || (process != self && process->parent != self))
		return -ESRCH;
	if (process != self && process->session != self->session)
		return -EPERM;
	if (process != self && process->has_execed)
		return -EACCES;
	return leads_session(process) ? -EPERM : 0;
}

/* *spare, if it is needed for a group of the process's own, is taken. */
static int set_locked(struct process *process, int id, struct group **spare)
{
	int error = check_member_locked(process);

	if (error)
		return error;
	struct group *group = group_find_locked(id ? id : process->pid);
	if (!group && id && id != process->pid)
		return -EPERM;
	if (group && group->session != process->session)
		return -EPERM;
	if (!group) {
		group = *spare;
		if (!group)
			return -ENOMEM;
		*spare = NULL;
	}
	group_join_locked(process, group, process->session);
	group_update_family_locked(process);
	return 0;
}

int group_set(int pid, int id)
{
	if (id == 0)
		id = pid;
	if (id < 0)
		return -EINVAL;
	struct group *spare = group_new();
	spin_lock(&process_lock);
	struct process *process = target_locked(pid);
	int error = pid && process && process->pid != pid ? -EINVAL
							   : set_locked(process, id, &spare);
	spin_unlock(&process_lock);
	group_free(spare);
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

int session_get(int pid)
{
	spin_lock(&process_lock);
	const struct process *process = target_locked(pid);
	int session = process ? process->session->id : -ESRCH;
	spin_unlock(&process_lock);
	return session;
}

int session_begin(void)
{
	struct process *self = process_current();
	struct session *session = session_new();
	struct group *group = group_new();
	int result = session && group ? self->pid : -ENOMEM;

	spin_lock(&process_lock);
	if (group_find_locked(self->pid))
		result = -EPERM;
	if (result > 0) {
		group_join_locked(self, group, session);
		group_update_family_locked(self);
		self->left_terminal = false;
	}
	spin_unlock(&process_lock);
	if (result < 0) {
		session_free(session);
		group_free(group);
	}
	return result;
}

int group_signal_locked(int id, int signal)
{
	const struct group *group = group_find_locked(id);
	struct process *process;

	if (!group)
		return -ESRCH;
	list_for_each(process, &group->members, group_node)
		process_signal(process, signal);
	return 0;
}

int group_signal(int group, int signal)
{
	spin_lock(&process_lock);
	int error = group_signal_locked(group, signal);
	spin_unlock(&process_lock);
	return error;
}

int group_check_session(int id, int session)
{
	int error = -ESRCH;

	spin_lock(&process_lock);
	const struct group *group = group_find_locked(id);
	const struct process *process = group ? NULL : process_find_locked(id);
	if (group)
		error = group->session->id == session ? 0 : -EPERM;
	else if (process)
		error = process->session->id == session ? 0 : -EPERM;
	spin_unlock(&process_lock);
	return error;
}

bool group_is_orphaned_locked(int id, const struct process *without)
{
	const struct group *group = group_find_locked(id);
	bool is_without = group && without && without->in_group == group && without->guards;

	return !group || group->guards == is_without;
}

bool group_is_orphaned(void)
{
	spin_lock(&process_lock);
	bool orphaned = process_current()->in_group->guards == 0;
	spin_unlock(&process_lock);
	return orphaned;
}

void *session_terminal(void)
{
	spin_lock(&process_lock);
	const struct process *self = process_current();
	void *terminal = self->left_terminal ? NULL : self->session->terminal;
	spin_unlock(&process_lock);
	return terminal;
}

void session_leave_terminal(void)
{
	spin_lock(&process_lock);
	process_current()->left_terminal = true;
	spin_unlock(&process_lock);
}

int session_set_terminal(void *terminal)
{
	struct process *self = process_current();
	int error = -EPERM;

	spin_lock(&process_lock);
	if (leads_session(self) && !self->session->terminal) {
		self->session->terminal = terminal;
		self->left_terminal = false;
		error = 0;
	}
	spin_unlock(&process_lock);
	return error;
}

void session_drop_terminal(int id)
{
	spin_lock(&process_lock);
	struct session *session = session_find_locked(id);
	if (session)
		session->terminal = NULL;
	spin_unlock(&process_lock);
}

void session_register_terminal(const struct session_terminal_ops *ops)
{
	terminal_ops = ops;
}

void session_describe_terminal_locked(const struct process *process, u32 *device, int *group)
{
	const void *terminal = process->left_terminal ? NULL : process->session->terminal;

	*device = 0;
	*group = -1;
	if (terminal)
		terminal_ops->describe(terminal, device, group);
}

void session_exit(void)
{
	const struct process *self = process_current();
	void *terminal = NULL;

	spin_lock(&process_lock);
	if (leads_session(self)) {
		terminal = self->session->terminal;
		self->session->terminal = NULL;
	}
	spin_unlock(&process_lock);
	if (terminal)
		terminal_ops->hang_up(terminal, self->pid);
}
