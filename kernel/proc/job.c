/* Job control (proc/job.h). */
#include "proc/job.h"

#include "lib/atomic.h"
#include "proc/group.h"
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
	if (!(child_action(parent).sa_flags & ABI_SA_NOCLDSTOP))
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

/* Whether the stop signal still holds; then the process is stopped. process_lock held. */
static bool begin_stop_locked(struct process *self, int signal)
{
	bool irqs = spin_lock_irq(&self->signal_lock);
	bool holds = self->stop_taken;

	self->stop_taken = false;
	if (holds) {
		self->stopped = true;
		self->stop_signal = signal;
		self->continued = false;
	}
	spin_unlock_irq(&self->signal_lock, irqs);
	return holds;
}

void job_stop(int signal)
{
	struct process *self = process_current();

	if (signal != ABI_SIGSTOP && group_is_orphaned(self->group))
		return;
	spin_lock(&process_lock);
	bool stops = begin_stop_locked(self, signal);
	if (stops)
		tell_parent_locked(self, ABI_CLD_STOPPED, signal);
	spin_unlock(&process_lock);
	if (stops)
		wait_event(&self->resumed, WAIT_KILLABLE, !READ_ONCE(self->stopped));
}

void job_continue_locked(struct process *process)
{
	process->stop_taken = false;
	if (!process->stopped)
		return;
	process->stopped = false;
	process->stop_signal = 0;
	process->continued = process->tell_continued = true;
	wait_wake(&process->resumed, WAIT_ALL);
}

void job_tell_continued(void)
{
	struct process *self = process_current();

	if (!READ_ONCE(self->tell_continued))
		return;
	WRITE_ONCE(self->tell_continued, false);
	spin_lock(&process_lock);
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

static bool has_stopped_locked(int group)
{
	const struct process *process = NULL;

	while ((process = process_next_locked(process)))
		if (process->group == group && process->stopped &&
			process->state != PROCESS_ZOMBIE)
			return true;
	return false;
}

void job_lose_parent_locked(
	const struct process *process, const struct process *parent, bool ending)
{
	if (!parent || parent->group == process->group || parent->session != process->session)
		return;
	if (!has_stopped_locked(process->group) ||
		!group_is_orphaned_locked(process->group, ending ? process : NULL))
		return;
	group_signal_locked(process->group, ABI_SIGHUP);
	group_signal_locked(process->group, ABI_SIGCONT);
}
