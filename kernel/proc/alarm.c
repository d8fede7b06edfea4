/* setitimer (proc/alarm.h). */
#include "proc/alarm.h"

#include "proc/signal.h"

/* One that has been set anew or given up meanwhile comes too early. The signal is sent under the same
 * lock: who gives the alarm up afterwards finds it pending, and none comes later. */
static void fire(struct timer *timer)
{
	static const struct signal_info info = {
		.signal = ABI_SIGALRM, .code = ABI_SI_KERNEL };
	struct process *process = container_of(timer, struct process, alarm);
	bool irqs = spin_lock_irq(&process->signal_lock);
	bool due = process->alarm_is_set && clock_ns() >= process->alarm_deadline;

	if (due)
		process->alarm_is_set = false;
	if (due && process->live)
		signal_send_locked(process, NULL, &info);
	spin_unlock_irq(&process->signal_lock, irqs);
}

void alarm_init(struct process *process)
{
	timer_init(&process->alarm, fire);
}

static void arm_locked(struct process *process, u64 deadline)
{
	process->alarm_is_set = true;
	process->alarm_deadline = deadline;
	timer_arm(&process->alarm, deadline);
}

static u64 after(u64 ns)
{
	u64 deadline;

	return __builtin_add_overflow(clock_ns(), ns, &deadline) ? UINT64_MAX : deadline;
}

static struct alarm_time left_locked(const struct process *process)
{
	struct alarm_time time = { .interval = process->alarm_interval };
	u64 now = clock_ns();

	/* One that is about to fire is still set. */
	if (process->alarm_is_set)
		time.value = process->alarm_deadline > now ? process->alarm_deadline - now : 1000;
	return time;
}

void alarm_get(struct alarm_time *time)
{
	struct process *self = process_current();
	bool irqs = spin_lock_irq(&self->signal_lock);

	*time = left_locked(self);
	spin_unlock_irq(&self->signal_lock, irqs);
}

void alarm_set(const struct alarm_time *new, struct alarm_time *old)
{
	struct process *self = process_current();
	bool irqs = spin_lock_irq(&self->signal_lock);

	*old = left_locked(self);
	self->alarm_interval = new->value ? new->interval : 0;
	self->alarm_is_set = false;
	if (new->value)
		arm_locked(self, after(new->value));
	spin_unlock_irq(&self->signal_lock, irqs);
}

void alarm_taken_locked(struct process *process)
{
	u64 now = clock_ns(), late = now - process->alarm_deadline;

	if (process->alarm_interval && !process->alarm_is_set)
		arm_locked(process,
			now + process->alarm_interval - late % process->alarm_interval);
}

void alarm_exit(struct process *process)
{
	timer_cancel(&process->alarm);
}
