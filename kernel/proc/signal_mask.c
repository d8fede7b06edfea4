/* A thread's mask, and the calls that wait for signals (proc/signal.h). */
#include "lib/errno.h"
#include "proc/signal.h"
#include "proc/signal_deliver.h"

void signal_update_locked(struct task *task)
{
	u64 pending = task->pending.bits | task->process->pending.bits;

	if (!(pending & (~task->blocked | task->awaited)))
		return;
	thread_set_work(&task->thread, THREAD_WORK_SIGNAL);
	thread_interrupt(&task->thread, WAIT_INTERRUPTIBLE);
}

void signal_others_locked(struct task *self, u64 mask)
{
	struct process *process = self->process;
	struct task *task;

	if (!(process->pending.bits & mask))
		return;
	list_for_each(task, &process->threads, node)
		if (task != self && !task->ended)
			signal_update_locked(task);
}

u64 signal_mask(void)
{
	return task_current()->blocked;
}

void signal_set_mask(u64 mask)
{
	struct task *task = task_current();
	bool irqs = spin_lock_irq(&task->process->signal_lock);

	u64 newly = mask & ~task->blocked;
	task->blocked = mask & ~SIGNALS_UNBLOCKABLE;
	signal_update_locked(task);
	signal_others_locked(task, newly);
	spin_unlock_irq(&task->process->signal_lock, irqs);
}

void signal_set_mask_for_call(u64 mask)
{
	struct task *task = task_current();

	task->saved_mask = task->blocked;
	task->mask_is_saved = true;
	signal_set_mask(mask);
}

void signal_restore_mask(void)
{
	struct task *task = task_current();

	if (!task->mask_is_saved)
		return;
	task->mask_is_saved = false;
	signal_set_mask(task->saved_mask);
}

u64 signal_pending(void)
{
	struct task *task = task_current();

	return (READ_ONCE(task->pending.bits) | READ_ONCE(task->process->pending.bits)) &
		task->blocked;
}

int signal_pause(void)
{
	struct wait_queue queue;

	wait_queue_init(&queue);
	wait_event(&queue, WAIT_INTERRUPTIBLE, false);
	return -ERESTARTNOHAND;
}

/* Takes a signal of the mask, if there is one; else, if it waits, those that come end the waits of
 * this thread, blocked or ignored as they may be. What comes when it waits no more is for the other
 * threads. */
static int take_or_await(struct task *task, u64 mask, bool waits, struct signal_info *info)
{
	bool irqs = spin_lock_irq(&task->process->signal_lock);
	int signal = signal_take_locked(task, mask, info);

	task->awaited = signal || !waits ? 0 : mask;
	if (!task->awaited)
		signal_others_locked(task, mask);
	spin_unlock_irq(&task->process->signal_lock, irqs);
	return signal;
}

int signal_wait(u64 mask, u64 deadline, struct signal_info *info)
{
	struct task *task = task_current();

	mask &= ~SIGNALS_UNBLOCKABLE;
	int signal = take_or_await(task, mask, deadline != 0, info);
	if (signal || deadline == 0)
		return signal ? signal : -EAGAIN;
	int error = wait_until(WAIT_INTERRUPTIBLE, deadline);
	signal = take_or_await(task, mask, false, info);
	if (signal)
		return signal;
	return error ? -EINTR : -EAGAIN;
}

long signal_restart_later(signal_restart_t function, u64 first, u64 second, u64 third)
{
	struct task *task = task_current();

	task->restart = function;
	task->restart_arguments[0] = first;
	task->restart_arguments[1] = second;
	task->restart_arguments[2] = third;
	return -ERESTART_RESTARTBLOCK;
}

long signal_restart(void)
{
	struct task *task = task_current();
	signal_restart_t function = task->restart;
	u64 arguments[3] = { task->restart_arguments[0], task->restart_arguments[1],
		task->restart_arguments[2] };

	task->restart = NULL;
	return function ? function(arguments) : -EINTR;
}
