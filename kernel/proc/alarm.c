/* setitimer (proc/alarm.h). */
#include "proc/alarm.h"

#include "proc/signal.h"

static void fire(struct timer *timer)
{
	process_signal(container_of(timer, struct process, alarm), ABI_SIGALRM);
}

void alarm_init(struct process *process)
{
	timer_init(&process->alarm, fire);
}

static u64 after(u64 ns)
{
	u64 deadline;

	return __builtin_add_overflow(clock_ns(), ns, &deadline) ? UINT64_MAX : deadline;
}

void alarm_get(struct alarm_time *time)
{
	const struct process *self = process_current();
	u64 now = clock_ns();

	time->interval = self->alarm_interval;
	time->value = 0;
	/* One that is about to fire is still set. */
	if (self->alarm.armed)
		time->value = self->alarm.deadline > now ? self->alarm.deadline - now : 1000;
}

void alarm_set(const struct alarm_time *new, struct alarm_time *old)
{
	struct process *self = process_current();

	alarm_get(old);
	timer_cancel(&self->alarm);
	bool irqs = spin_lock_irq(&self->signal_lock);
	self->alarm_interval = new->value ? new->interval : 0;
	if (new->value)
		timer_arm(&self->alarm, after(new->value));
	spin_unlock_irq(&self->signal_lock, irqs);
}

void alarm_taken_locked(struct process *process)
{
	u64 now = clock_ns(), late = now - process->alarm.deadline;

	if (!process->alarm_interval || process->alarm.armed)
		return;
	timer_arm(&process->alarm, now + process->alarm_interval - late % process->alarm_interval);
}

void alarm_exit(struct process *process)
{
	process->alarm_interval = 0;
	timer_cancel(&process->alarm);
}
