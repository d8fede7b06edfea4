/* Sending signals (proc/signal.h). */
#include "proc/signal.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "proc/credentials.h"
#include "proc/job.h"

static struct task *first_task_locked(struct process *process)
{
	return list_empty(&process->threads) ? NULL
					     : list_first(&process->threads, struct task, node);
}

/* Linux's rule: what is blocked is kept, since the action may be another when it is unblocked. */
static bool is_dropped_locked(const struct process *process, const struct task *task, int signal)
{
	u64 handler = process->actions[signal - 1].sa_handler, bit = SIGNAL_BIT(signal);

	if ((task->blocked | task->awaited) & bit)
		return false;
	if (handler == ABI_SIG_DFL)
		return process->pid == PID_INIT || bit & SIGNALS_HARMLESS;
	return handler == ABI_SIG_IGN;
}

static bool is_fatal_locked(const struct process *process, const struct task *task, int signal)
{
	u64 bit = SIGNAL_BIT(signal);

	return process->actions[signal - 1].sa_handler == ABI_SIG_DFL &&
		!(bit & (SIGNALS_HARMLESS | SIGNALS_STOP | task->awaited)) &&
		process->pid != PID_INIT;
}

static void wake_locked(struct process *process, struct task *task, int signal)
{
	if (task->blocked & ~task->awaited & SIGNAL_BIT(signal))
		return;
	/* Who is stopped sees what else there is when it goes on. */
	if (process->stopped && signal != ABI_SIGKILL)
		return;
	thread_set_work(&task->thread, THREAD_WORK_SIGNAL);
	thread_interrupt(&task->thread, is_fatal_locked(process, task, signal)
						? WAIT_KILLABLE
						: WAIT_INTERRUPTIBLE);
}

static void discard_locked(struct process *process, u64 mask)
{
	struct task *task;

	signal_set_discard(&process->pending, mask);
	list_for_each(task, &process->threads, node)
		signal_set_discard(&task->pending, mask);
}

/* to: the thread that is meant, or NULL. */
static void send_locked(struct process *process, struct task *to, const struct signal_info *info)
{
	struct task *task = to ? to : first_task_locked(process);
	int signal = info->signal;

	if (signal == ABI_SIGCONT) {
		discard_locked(process, SIGNALS_STOP);
		job_continue_locked(process);
	} else if (SIGNAL_BIT(signal) & SIGNALS_STOP) {
		discard_locked(process, SIGNAL_BIT(ABI_SIGCONT));
	}
	if (is_dropped_locked(process, task, signal))
		return;
	signal_set_add(to ? &to->pending : &process->pending, info);
	wake_locked(process, task, signal);
}

void process_signal_info(struct process *process, const struct signal_info *info)
{
	bool irqs = spin_lock_irq(&process->signal_lock);

	if (first_task_locked(process))
		send_locked(process, NULL, info);
	spin_unlock_irq(&process->signal_lock, irqs);
}

void process_signal(struct process *process, int signal)
{
	process_signal_info(
		process, &(struct signal_info){ .signal = signal, .code = ABI_SI_KERNEL });
}

/* From the caller. */
static struct signal_info info_user(int signal, int code)
{
	const struct process *self = process_current();

	return (struct signal_info){ .signal = signal, .code = code,
		.data = { (u32)self->pid | (u64)self->fs->uid << 32 } };
}

void signal_self(int signal)
{
	struct signal_info info = info_user(signal, ABI_SI_USER);
	struct process *self = process_current();
	bool irqs = spin_lock_irq(&self->signal_lock);

	send_locked(self, task_current(), &info);
	spin_unlock_irq(&self->signal_lock, irqs);
}

/* Anybody may let the processes of his own session go on: a shell its jobs. */
static bool may_signal_locked(const struct process *process, int signal)
{
	const struct process *self = process_current();

	return process == self || credentials_may_signal_locked(process) ||
		(signal == ABI_SIGCONT && process->session == self->session);
}

static int kill_locked(struct process *process, int signal)
{
	struct signal_info info = info_user(signal, ABI_SI_USER);

	if (!may_signal_locked(process, signal))
		return -EPERM;
	if (signal != 0)
		process_signal_info(process, &info);
	return 0;
}

static int kill_one(int pid, int signal)
{
	spin_lock(&process_lock);
	struct process *process = process_find_locked(pid);
	int error = process ? kill_locked(process, signal) : -ESRCH;
	spin_unlock(&process_lock);
	return error;
}

/* It is enough that one may be signalled. */
static int kill_group(int group, int signal)
{
	struct process *process = NULL;
	int result = -ESRCH;

	spin_lock(&process_lock);
	while ((process = process_next_locked(process))) {
		if (process->group != group)
			continue;
		int error = kill_locked(process, signal);
		if (result)
			result = error;
	}
	spin_unlock(&process_lock);
	return result;
}

/* Everybody but process 1 and the caller. That nobody of them may be signalled is, on Linux, no
 * error. */
static int kill_all(int signal)
{
	struct process *self = process_current(), *process = NULL;
	int result = -ESRCH;

	spin_lock(&process_lock);
	while ((process = process_next_locked(process))) {
		if (process == self || process->pid == PID_INIT)
			continue;
		(void)kill_locked(process, signal);
		result = 0;
	}
	spin_unlock(&process_lock);
	return result;
}

int process_kill(int pid, int signal)
{
	if (signal != 0 && !signal_is_valid(signal))
		return -EINVAL;
	if (pid > 0)
		return kill_one(pid, signal);
	if (pid == 0)
		return kill_group(process_current()->group, signal);
	if (pid == -1)
		return kill_all(signal);
	return pid == INT32_MIN ? -ESRCH : kill_group(-pid, signal);
}

/* A process's thread has its number, as long as there is one. */
static int kill_thread_locked(struct process *process, int tid, int signal)
{
	struct signal_info info = info_user(signal, ABI_SI_TKILL);
	bool irqs = spin_lock_irq(&process->signal_lock);
	struct task *task = first_task_locked(process);
	int error = process->pid == tid ? 0 : -ESRCH;

	if (!error && task && signal != 0)
		send_locked(process, task, &info);
	spin_unlock_irq(&process->signal_lock, irqs);
	return error;
}

int process_kill_thread(int pid, int tid, int signal)
{
	int error = -ESRCH;

	if (pid <= 0 || tid <= 0 || (signal != 0 && !signal_is_valid(signal)))
		return -EINVAL;
	spin_lock(&process_lock);
	struct process *process = process_find_locked(pid);
	if (process && process->pid == tid && !may_signal_locked(process, signal))
		error = -EPERM;
	else if (process)
		error = kill_thread_locked(process, tid, signal);
	spin_unlock(&process_lock);
	return error;
}

bool signal_is_ignored(int signal)
{
	return task_current()->blocked & SIGNAL_BIT(signal) ||
		process_current()->actions[signal - 1].sa_handler == ABI_SIG_IGN;
}

void signal_set_action(int signal, const struct abi_sigaction *new, struct abi_sigaction *old)
{
	struct process *self = process_current();
	struct abi_sigaction *action = &self->actions[signal - 1];
	u64 bit = SIGNAL_BIT(signal);
	bool irqs = spin_lock_irq(&self->signal_lock);

	*old = *action;
	if (new) {
		*action = *new;
		action->sa_mask &= ~SIGNALS_UNBLOCKABLE;
		if (action->sa_handler == ABI_SIG_IGN ||
			(action->sa_handler == ABI_SIG_DFL && bit & SIGNALS_HARMLESS))
			discard_locked(self, bit);
	}
	spin_unlock_irq(&self->signal_lock, irqs);
}

void signal_fork(struct task *child, const struct task *parent)
{
	memcpy(child->process->actions, parent->process->actions, sizeof(child->process->actions));
	child->blocked = parent->blocked;
	child->stack = parent->stack;
}

/* What is ignored stays so. */
void signal_exec(void)
{
	struct task *task = task_current();
	struct process *self = task->process;
	bool irqs = spin_lock_irq(&self->signal_lock);

	for (int i = 0; i < ABI_NSIG; i++) {
		u64 handler = self->actions[i].sa_handler;

		self->actions[i] = (struct abi_sigaction){
			.sa_handler = handler == ABI_SIG_IGN ? ABI_SIG_IGN : ABI_SIG_DFL };
	}
	task->stack = (struct abi_stack){ .ss_flags = ABI_SS_DISABLE };
	task->restart = NULL;
	spin_unlock_irq(&self->signal_lock, irqs);
}

void signal_exit(struct task *task)
{
	struct process *process = task->process;
	bool irqs = spin_lock_irq(&process->signal_lock);

	discard_locked(process, ~0ul);
	list_remove(&task->node);
	process->thread_count--;
	process->exiting = true;
	spin_unlock_irq(&process->signal_lock, irqs);
}
