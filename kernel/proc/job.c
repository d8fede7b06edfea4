/* Job control (proc/job.h). */
#include "proc/job.h"

#include "lib/atomic.h"
#include "proc/group.h"
#include "proc/group_table.h"
#include "proc/signal.h"
#include <abi/wait.h>

static struct signal_info child_info(const struct process *child, int code, int status)
{
	return (struct signal_info){ .signal = ABI_SIGCHLD, .code = code,
		.data = { (u32)child->pid | (u64)child->uid << 32, (u32)status } };
}

static struct abi_sigaction child_action(struct process *parent)
{
	bool irqs = spin_lock_irq(&parent->signal_lock);
	struct abi_sigaction action = parent->actions[ABI_SIGCHLD - 1];

	spin_unlock_irq(&parent->signal_lock, irqs);
	return action;
}

/* That a child has stopped or goes on. process_lock held. */
static void tell_parent_locked(const struct process *child, int code, int status)
{
	struct process *parent = child->parent;
	struct signal_info info = child_info(child, code, status);

	if (!parent)
		return;
	struct abi_sigaction action = child_action(parent);
	if (action.sa_handler != ABI_SIG_IGN && !(action.sa_flags & ABI_SA_NOCLDSTOP))
		process_signal_info(parent, &info);
	wait_wake(&parent->child_changed, WAIT_ALL);
}

bool job_tell_ended_locked(struct process *child)
{
	struct process *parent = child->parent;
	struct abi_sigaction action = child_action(parent);
	int status = child->exit_status, by = status & 0x7f;
	struct signal_info info = child_info(child, by ? ABI_CLD_KILLED : ABI_CLD_EXITED,
		by ? by : status >> 8);

	info.signal = child->exit_signal;
	if (signal_is_valid(info.signal) &&
		(info.signal != ABI_SIGCHLD || action.sa_handler != ABI_SIG_IGN))
		process_signal_info(parent, &info);
	wait_wake(&parent->child_changed, WAIT_ALL);
	return info.signal == ABI_SIGCHLD &&
		(action.sa_handler == ABI_SIG_IGN || action.sa_flags & ABI_SA_NOCLDWAIT);
}

/* The stop signal still holds: the threads are told. signal_lock held. */
static void begin_stop_locked(struct process *self, int signal)
{
	struct task *task;

	self->stopping = signal;
	list_for_each(task, &self->threads, node) {
		if (task->ended)
			continue;
		thread_set_work(&task->thread, THREAD_WORK_SIGNAL);
		thread_interrupt(&task->thread, WAIT_INTERRUPTIBLE);
	}
}

void job_stop(int signal)
{
	struct process *self = process_current();

	if (signal != ABI_SIGSTOP && group_is_orphaned())
		return;
	bool irqs = spin_lock_irq(&self->signal_lock);
	if (self->stop_taken && !self->stopping)
		begin_stop_locked(self, signal);
	self->stop_taken = false;
	spin_unlock_irq(&self->signal_lock, irqs);
}

/* Whether that was the last thread to stop. process_lock and signal_lock held. */
static bool complete_stop_locked(struct process *process)
{
	if (!process->stopping || process->stopped || process->live == 0 ||
		process->stopped_threads != process->live)
		return false;
	process->stopped = true;
	process->stop_signal = process->stopping;
	process->continued = false;
	return true;
}

/* Counts one more thread, or none, as stopped, and tells the parent if it was the last. False if
 * the process does not stop any more. */
static bool enter_stop(struct process *process, struct task *task)
{
	spin_lock(&process_lock);
	bool irqs = spin_lock_irq(&process->signal_lock);
	int signal = process->exiting ? 0 : process->stopping;
	if (signal && task) {
		task->stopped = true;
		process->stopped_threads++;
	}
	bool complete = signal && complete_stop_locked(process);
	spin_unlock_irq(&process->signal_lock, irqs);
	if (complete)
		tell_parent_locked(process, ABI_CLD_STOPPED, signal);
	spin_unlock(&process_lock);
	return signal;
}

void job_pause(void)
{
	struct task *task = task_current();
	struct process *self = task->process;

	if (!enter_stop(self, task))
		return;
	wait_event(&self->resumed, WAIT_KILLABLE, !READ_ONCE(self->stopping));
	bool irqs = spin_lock_irq(&self->signal_lock);
	task->stopped = false;
	self->stopped_threads--;
	spin_unlock_irq(&self->signal_lock, irqs);
}

void job_thread_ended(struct process *process)
{
	if (READ_ONCE(process->stopping))
		enter_stop(process, NULL);
}

/* A thread that has not noticed when the process stops again has stopped already. */
void job_continue_locked(struct process *process)
{
	process->stop_taken = false;
	if (!process->stopping)
		return;
	if (process->stopped)
		process->continued = process->tell_continued = true;
	process->stopped = false;
	process->stopping = process->stop_signal = 0;
	wait_wake(&process->resumed, WAIT_ALL);
}

void job_tell_continued(void)
{
	struct process *self = process_current();

	if (!READ_ONCE(self->tell_continued))
		return;
	spin_lock(&process_lock);
	bool irqs = spin_lock_irq(&self->signal_lock);
	bool tells = self->tell_continued;
	self->tell_continued = false;
	spin_unlock_irq(&self->signal_lock, irqs);
	if (tells)
		tell_parent_locked(self, ABI_CLD_CONTINUED, ABI_SIGCONT);
	spin_unlock(&process_lock);
}

bool job_report_locked(struct process *child, int options, int *status)
{
	bool irqs = spin_lock_irq(&child->signal_lock), report = false;

	if (options & ABI_WUNTRACED && child->stop_signal) {
		*status = ABI_WSTATUS_STOPPED(child->stop_signal);
		if (!(options & ABI_WNOWAIT))
			child->stop_signal = 0;
		report = true;
	} else if (options & ABI_WCONTINUED && child->continued) {
		*status = ABI_WSTATUS_CONTINUED;
		if (!(options & ABI_WNOWAIT))
			child->continued = false;
		report = true;
	}
	spin_unlock_irq(&child->signal_lock, irqs);
	return report;
}

static bool has_stopped_locked(const struct group *group)
{
	const struct process *process;

	list_for_each(process, &group->members, group_node)
		if (process->stopped && process->state != PROCESS_ZOMBIE)
			return true;
	return false;
}

void job_lose_parent_locked(
	const struct process *process, const struct process *parent, bool ending)
{
	if (!parent || parent->in_group == process->in_group || parent->session != process->session)
		return;
	if (!group_is_orphaned_locked(process->group, ending ? process : NULL) ||
		!has_stopped_locked(process->in_group))
		return;
	group_signal_locked(process->group, ABI_SIGHUP);
	group_signal_locked(process->group, ABI_SIGCONT);
}
