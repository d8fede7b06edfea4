/* Process groups and sessions (proc/group.h). */
#include "proc/group.h"

#include "lib/errno.h"
#include "mem/slab.h"
#include "proc/process.h"
#include "proc/signal.h"
#include "proc/task.h"

static SLAB_CACHE(session_cache, struct session);
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

/* A process of the group, or NULL. */
static struct process *member_locked(int group)
{
	struct process *process = NULL;

	while ((process = process_next_locked(process)))
		if (process->group == group)
			break;
	return process;
}

static int set_locked(struct process *process, int group)
{
	const struct process *self = process_current(), *member;

	if (!process || (process != self && process->parent != self))
		return -ESRCH;
	if (process != self && process->session != self->session)
		return -EPERM;
	if (process != self && process->has_execed)
		return -EACCES;
	if (leads_session(process))
		return -EPERM;
	if (group == 0)
		group = process->pid;
	if (group != process->pid) {
		member = member_locked(group);
		if (!member || member->session != self->session)
			return -EPERM;
	}
	process->group = group;
	return 0;
}

int group_set(int pid, int group)
{
	if (group == 0)
		group = pid;
	if (group < 0)
		return -EINVAL;
	spin_lock(&process_lock);
	struct process *process = target_locked(pid);
	int error = pid && process && process->pid != pid ? -EINVAL : set_locked(process, group);
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

int session_get(int pid)
{
	spin_lock(&process_lock);
	const struct process *process = target_locked(pid);
	int session = process ? process->session->id : -ESRCH;
	spin_unlock(&process_lock);
	return session;
}

struct session *session_new(void)
{
	return slab_alloc_zeroed(&session_cache);
}

void session_join_locked(struct process *process, struct session *session)
{
	if (session->processes++ == 0)
		session->id = process->pid;
	process->session = session;
}

void session_leave_locked(struct process *process)
{
	struct session *session = process->session;

	process->session = NULL;
	if (--session->processes == 0)
		slab_free(&session_cache, session);
}

int session_begin(void)
{
	struct process *self = process_current();
	struct session *session = session_new();
	int result = self->pid;

	if (!session)
		return -ENOMEM;
	spin_lock(&process_lock);
	if (process_group_exists_locked(self->pid)) {
		result = -EPERM;
		slab_free(&session_cache, session);
	} else {
		session_leave_locked(self);
		session_join_locked(self, session);
		self->group = self->pid;
		self->left_terminal = false;
	}
	spin_unlock(&process_lock);
	return result;
}

int group_signal_locked(int group, int signal)
{
	struct process *process = NULL;
	int error = -ESRCH;

	while ((process = process_next_locked(process))) {
		if (process->group != group)
			continue;
		process_signal(process, signal);
		error = 0;
	}
	return error;
}

int group_signal(int group, int signal)
{
	spin_lock(&process_lock);
	int error = group_signal_locked(group, signal);
	spin_unlock(&process_lock);
	return error;
}

int group_check_session(int group, int session)
{
	int error = 0;

	spin_lock(&process_lock);
	const struct process *member = member_locked(group);
	if (!member)
		member = process_find_locked(group);
	if (!member)
		error = -ESRCH;
	else if (member->session->id != session)
		error = -EPERM;
	spin_unlock(&process_lock);
	return error;
}

/* Whether the process is one for whose sake its group is no orphan. */
static bool has_guardian_locked(const struct process *process)
{
	const struct process *parent = process->parent;

	return process->state != PROCESS_ZOMBIE && parent && parent->pid != PID_INIT &&
		parent->group != process->group && parent->session == process->session;
}

bool group_is_orphaned_locked(int group, const struct process *without)
{
	const struct process *process = NULL;

	while ((process = process_next_locked(process)))
		if (process != without && process->group == group && has_guardian_locked(process))
			return false;
	return true;
}

bool group_is_orphaned(int group)
{
	spin_lock(&process_lock);
	bool orphaned = group_is_orphaned_locked(group, NULL);
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

void session_drop_terminal(int session)
{
	const struct process *process = NULL;

	spin_lock(&process_lock);
	while ((process = process_next_locked(process)))
		if (process->session->id == session)
			process->session->terminal = NULL;
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
