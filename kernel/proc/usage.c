/* What processes have used (proc/usage.h). */
#include "proc/usage.h"

#include "proc/process.h"

void usage_add(struct usage *sum, const struct usage *part)
{
	sum->user += part->user;
	sum->system += part->system;
	sum->resident_peak = MAX(sum->resident_peak, part->resident_peak);
	sum->faults += part->faults;
	sum->yields += part->yields;
	sum->preemptions += part->preemptions;
}

/* signal_lock held: two who ask for the times of one thread do so one after the other. */
static void add_thread_locked(struct usage *usage, struct thread *thread)
{
	u64 user, system;

	thread_times(thread, &user, &system);
	usage->user += user;
	usage->system += system;
	usage->yields += READ_ONCE(thread->switches[1]);
	usage->preemptions += READ_ONCE(thread->switches[0]);
}

void usage_set_space(struct usage *usage, const struct space *space)
{
	usage->resident_peak = space->resident_peak;
	usage->faults = space->faults_zero + space->faults_copy + space->faults_file;
}

void usage_end_thread_locked(struct process *process, struct thread *thread)
{
	add_thread_locked(&process->usage, thread);
}

void usage_threads_locked(struct process *process, struct usage *usage)
{
	struct task *task;

	*usage = process->usage;
	list_for_each(task, &process->threads, node)
		if (!task->reaped)
			add_thread_locked(usage, &task->thread);
}

void usage_of_thread_locked(struct usage *usage, struct task *task)
{
	*usage = (struct usage){ 0 };
	add_thread_locked(usage, &task->thread);
}

void usage_thread(struct usage *usage)
{
	struct process *self = process_current();
	bool irqs = spin_lock_irq(&self->signal_lock);

	usage_of_thread_locked(usage, task_current());
	spin_unlock_irq(&self->signal_lock, irqs);
	usage_set_space(usage, self->space);
}

void usage_self(struct usage *usage)
{
	struct process *self = process_current();

	bool irqs = spin_lock_irq(&self->signal_lock);
	usage_threads_locked(self, usage);
	spin_unlock_irq(&self->signal_lock, irqs);
	usage_set_space(usage, self->space);
}

u64 usage_self_runtime(void)
{
	struct process *self = process_current();
	struct task *task;
	bool irqs = spin_lock_irq(&self->signal_lock);
	u64 sum = self->usage.user + self->usage.system;

	list_for_each(task, &self->threads, node)
		if (!task->reaped)
			sum += thread_runtime(&task->thread);
	spin_unlock_irq(&self->signal_lock, irqs);
	return sum;
}

void usage_children(struct usage *usage)
{
	spin_lock(&process_lock);
	*usage = process_current()->children_usage;
	spin_unlock(&process_lock);
}
