/* Sending signals (proc/signal.h). */
#include "proc/signal.h"

#include "lib/string.h"
#include "proc/job.h"
#include "proc/task.h"
#include <abi/sched.h>
#include <abi/wait.h>

/* Whether the thread would take that signal now. Who is stopped sees what there is when it goes
 * on. */
static bool takes_locked(const struct task *task, int signal)
{
	if (task->ended || (task->stopped && signal != ABI_SIGKILL))
		return false;
	return !(task->blocked & ~task->awaited & SIGNAL_BIT(signal));
}

/* Who takes a signal that is sent to the process: the leader if it will, else one that has nothing
 * to do with signals yet, else any that will. NULL: nobody; then it waits for who unblocks it. */
static struct task *choose_locked(struct process *process, int signal)
{
	struct task *task, *choice = NULL;

	list_for_each(task, &process->threads, node) {
		if (!takes_locked(task, signal))
			continue;
		if (!choice || !(READ_ONCE(task->thread.work) & THREAD_WORK_SIGNAL))
			choice = task;
		if (!(READ_ONCE(choice->thread.work) & THREAD_WORK_SIGNAL))
			break;
	}
	return choice;
}

/* Linux's rule: what is blocked is kept, since the action may be another when it is unblocked; and
 * what a tracer shall see. */
static bool is_dropped_locked(const struct process *process, const struct task *task, int signal)
{
	u64 handler = process->actions[signal - 1].sa_handler, bit = SIGNAL_BIT(signal);

	if ((task->blocked | task->awaited) & bit || task->trace)
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

void signal_end_locked(struct process *process, int status)
{
	struct task *task;

	if (process->exiting)
		return;
	process->exiting = true;
	process->exit_status = status;
	list_for_each(task, &process->threads, node) {
		if (task->ended)
			continue;
		thread_set_work(&task->thread, THREAD_WORK_SIGNAL);
		thread_interrupt(&task->thread, WAIT_KILLABLE);
	}
}

/* The thread takes the signal; if that is the end of the process, it begins here. */
static void wake_locked(struct process *process, struct task *task, int signal)
{
	if (is_fatal_locked(process, task, signal)) {
		signal_end_locked(process, ABI_WSTATUS_SIGNAL(signal));
		return;
	}
	thread_set_work(&task->thread, THREAD_WORK_SIGNAL);
	thread_interrupt(&task->thread, WAIT_INTERRUPTIBLE);
}

static void discard_locked(struct process *process, u64 mask)
{
	struct task *task;

	signal_set_discard(&process->pending, mask);
	list_for_each(task, &process->threads, node)
		signal_set_discard(&task->pending, mask);
}

void signal_send_locked(
	struct process *process, struct task *to, const struct signal_info *info)
{
	struct task *task = to ? to : list_first(&process->threads, struct task, node);
	int signal = info->signal;

	if (signal == ABI_SIGCONT) {
		discard_locked(process, SIGNALS_STOP);
		job_continue_locked(process);
	} else if (SIGNAL_BIT(signal) & SIGNALS_STOP) {
		discard_locked(process, SIGNAL_BIT(ABI_SIGCONT));
	}
	if (is_dropped_locked(process, task, signal) || (to && to->ended))
		return;
	signal_set_add(to ? &to->pending : &process->pending, info);
	if (!to)
		to = choose_locked(process, signal);
	if (to && takes_locked(to, signal))
		wake_locked(process, to, signal);
}

void process_signal_task(
	struct process *process, struct task *to, const struct signal_info *info)
{
	struct signal_set *set = to ? &to->pending : &process->pending;
	struct list_node spares = LIST_INIT(spares);

	signal_spare_new(&spares, info->signal);
	bool irqs = spin_lock_irq(&process->signal_lock);
	/* Who has ended would keep it for ever. */
	if (process->live) {
		signal_set_exchange_spares(set, &spares);
		signal_send_locked(process, to, info);
	}
	spin_unlock_irq(&process->signal_lock, irqs);
	signal_spares_free(&spares);
}

void process_signal_info(struct process *process, const struct signal_info *info)
{
	process_signal_task(process, NULL, info);
}

void process_signal(struct process *process, int signal)
{
	process_signal_info(
		process, &(struct signal_info){ .signal = signal, .code = ABI_SI_KERNEL });
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

/* Handlers are gone; what is ignored stays so. */
static void reset_actions(struct abi_sigaction *actions)
{
	for (int i = 0; i < ABI_NSIG; i++) {
		u64 handler = actions[i].sa_handler;

		actions[i] = (struct abi_sigaction){
			.sa_handler = handler == ABI_SIG_IGN ? ABI_SIG_IGN : ABI_SIG_DFL };
	}
}

void signal_fork(struct task *child, const struct task *parent, u64 flags)
{
	struct process *process = child->process, *self = parent->process;

	child->blocked = parent->blocked;
	/* A thread beside its parent would run its handlers on the same stack. */
	if ((flags & (ABI_CLONE_VM | ABI_CLONE_VFORK)) != ABI_CLONE_VM)
		child->stack = parent->stack;
	else
		child->stack.ss_flags = ABI_SS_DISABLE;
	if (process == self)
		return;
	bool irqs = spin_lock_irq(&self->signal_lock);
	memcpy(process->actions, self->actions, sizeof(process->actions));
	spin_unlock_irq(&self->signal_lock, irqs);
	if (flags & ABI_CLONE_CLEAR_SIGHAND)
		reset_actions(process->actions);
}

void signal_exec(void)
{
	struct task *task = task_current();
	struct process *self = task->process;
	bool irqs = spin_lock_irq(&self->signal_lock);

	reset_actions(self->actions);
	task->stack = (struct abi_stack){ .ss_flags = ABI_SS_DISABLE };
	task->restart = NULL;
	spin_unlock_irq(&self->signal_lock, irqs);
}

/* What was sent to the process and chosen for this thread is for the others. */
bool signal_exit(struct task *task, int status)
{
	struct process *process = task->process;
	bool irqs = spin_lock_irq(&process->signal_lock);
	bool last = --process->live == 0;

	task->ended = true;
	signal_set_discard(&task->pending, ~0ul);
	if (last) {
		signal_end_locked(process, status);
		signal_set_discard(&process->pending, ~0ul);
	} else {
		signal_others_locked(task, ~0ul);
	}
	spin_unlock_irq(&process->signal_lock, irqs);
	return last;
}
