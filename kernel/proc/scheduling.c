/* See scheduling.h. */
#include "proc/scheduling.h"

#include "lib/errno.h"
#include "proc/credentials.h"
#include "proc/group_table.h"
#include "proc/process.h"
#include "proc/task.h"
#include <abi/resource.h>

static const struct fs_context *own_credentials(void)
{
	return thread_current()->fs;
}

static bool is_privileged(void)
{
	return credentials_privileged(own_credentials());
}

static struct task *find_locked(int tid)
{
	return tid == 0 ? task_current() : task_find_locked(tid);
}

/* Whether the task runs as who calls does. A thread that has ended has no context of its own. */
static bool is_own_locked(const struct task *task)
{
	const struct fs_context *fs = task->thread.fs;
	u32 euid = own_credentials()->euid;

	return is_privileged() || task->process->uid == euid || (fs && fs->euid == euid);
}

int scheduling_get(int tid, struct thread_policy *policy)
{
	spin_lock(&process_lock);
	struct task *task = find_locked(tid);
	if (task)
		thread_policy_get(&task->thread, policy);
	spin_unlock(&process_lock);
	return task ? 0 : -ESRCH;
}

static bool kind_exists(int kind)
{
	return (kind >= THREAD_OTHER && kind <= THREAD_BATCH) || kind == THREAD_IDLE;
}

static bool kind_is_urgent(int kind)
{
	return kind == THREAD_FIFO || kind == THREAD_RR;
}

/* Of somebody without privileges. */
static bool may_change(const struct thread_policy *old, const struct thread_policy *new)
{
	if (kind_is_urgent(new->kind) &&
		(new->kind != old->kind || new->urgency > old->urgency))
		return false;
	if (old->kind == THREAD_IDLE && new->kind != THREAD_IDLE)
		return false;
	return new->reset || !old->reset;
}

static int set_locked(struct task *task, int kind, int urgency, bool reset)
{
	struct thread_policy old, new;

	thread_policy_get(&task->thread, &old);
	new = old;
	if (kind != THREAD_KEEP) {
		new.kind = kind;
		new.reset = reset;
	}
	if (!kind_exists(new.kind) || urgency < 0 || urgency > THREAD_URGENCY_MAX ||
		kind_is_urgent(new.kind) != (urgency > 0))
		return -EINVAL;
	new.urgency = urgency;
	if (!is_privileged() && (!is_own_locked(task) || !may_change(&old, &new)))
		return -EPERM;
	thread_policy_set(&task->thread, &new);
	return 0;
}

int scheduling_set(int tid, int kind, int urgency, bool reset)
{
	spin_lock(&process_lock);
	struct task *task = find_locked(tid);
	int error = task ? set_locked(task, kind, urgency, reset) : -ESRCH;
	spin_unlock(&process_lock);
	return error;
}

int scheduling_get_allowed(int tid, u64 *allowed)
{
	spin_lock(&process_lock);
	struct task *task = find_locked(tid);
	if (task)
		*allowed = READ_ONCE(task->thread.allowed) & sched_online();
	spin_unlock(&process_lock);
	return task ? 0 : -ESRCH;
}

static int set_allowed_locked(struct task *task, u64 allowed)
{
	if (!is_own_locked(task))
		return -EPERM;
	if ((allowed & sched_online()) == 0)
		return -EINVAL;
	thread_set_allowed(&task->thread, allowed);
	return 0;
}

int scheduling_set_allowed(int tid, u64 allowed)
{
	spin_lock(&process_lock);
	struct task *task = find_locked(tid);
	int error = task ? set_allowed_locked(task, allowed) : -ESRCH;
	spin_unlock(&process_lock);
	return error;
}

/* What getpriority and setpriority do to one thread after the other. */
struct niceness {
	bool set;
	int nice;		/* to set; of those seen, the lowest */
	int error;		/* -ESRCH until one was met */
};

static int set_nice_locked(struct task *task, int nice)
{
	struct thread_policy policy;

	if (!is_own_locked(task))
		return -EPERM;
	thread_policy_get(&task->thread, &policy);
	if (nice < policy.nice && !is_privileged() &&
		20 - nice > (int)MIN(task->process->limits[ABI_RLIMIT_NICE].rlim_cur, 40ul))
		return -EACCES;
	policy.nice = nice;
	thread_policy_set(&task->thread, &policy);
	return 0;
}

static void meet_locked(struct niceness *niceness, struct task *task)
{
	struct thread_policy policy;
	int error = 0;

	if (niceness->set) {
		error = set_nice_locked(task, niceness->nice);
	} else {
		thread_policy_get(&task->thread, &policy);
		niceness->nice = MIN(niceness->nice, policy.nice);
	}
	if (error || niceness->error == -ESRCH)
		niceness->error = error;
}

static void meet_process_locked(struct niceness *niceness, struct process *process)
{
	struct task *task;

	list_for_each(task, &process->threads, node)
		meet_locked(niceness, task);
}

static void meet_group_locked(struct niceness *niceness, int id)
{
	const struct group *group = id ? group_find_locked(id) : process_current()->in_group;
	struct process *process;

	if (group)
		list_for_each(process, &group->members, group_node)
			meet_process_locked(niceness, process);
}

static void meet_user_locked(struct niceness *niceness, u32 uid)
{
	struct process *process = NULL;

	while ((process = process_next_locked(process)))
		if (process->uid == uid)
			meet_process_locked(niceness, process);
}

static int each_meant(struct niceness *niceness, int which, int who)
{
	struct task *task;

	if (which < ABI_PRIO_PROCESS || which > ABI_PRIO_USER)
		return -EINVAL;
	niceness->error = -ESRCH;
	spin_lock(&process_lock);
	if (which == ABI_PRIO_PGRP)
		meet_group_locked(niceness, who);
	else if (which == ABI_PRIO_USER)
		meet_user_locked(niceness, who ? (u32)who : own_credentials()->uid);
	else if ((task = find_locked(who)))
		meet_locked(niceness, task);
	spin_unlock(&process_lock);
	return niceness->error;
}

int scheduling_get_nice(int which, int who, int *nice)
{
	struct niceness niceness = { .nice = THREAD_NICE_MAX };
	int error = each_meant(&niceness, which, who);

	*nice = niceness.nice;
	return error;
}

int scheduling_set_nice(int which, int who, int nice)
{
	struct niceness niceness = { .set = true };

	niceness.nice = MAX(THREAD_NICE_MIN, MIN(THREAD_NICE_MAX, nice));
	return each_meant(&niceness, which, who);
}
