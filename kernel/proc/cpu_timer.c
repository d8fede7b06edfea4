/* CPU time (proc/cpu_timer.h). */
#include "proc/cpu_timer.h"

#include "lib/atomic.h"
#include "proc/alarm.h"
#include "proc/signal.h"
#include "proc/usage.h"

static const u8 signals[CPU_TIMERS] = {
	[CPU_TIMER_VIRTUAL] = ABI_SIGVTALRM,
	[CPU_TIMER_PROF] = ABI_SIGPROF,
};

/* What each timer counts, so far. */
static void read_locked(struct process *process, u64 times[CPU_TIMERS])
{
	struct usage usage;

	usage_threads_locked(process, &usage);
	times[CPU_TIMER_VIRTUAL] = usage.user;
	times[CPU_TIMER_PROF] = usage.user + usage.system;
}

static bool is_wanted_locked(const struct process *process)
{
	return process->cpu_timers[CPU_TIMER_VIRTUAL].deadline ||
		process->cpu_timers[CPU_TIMER_PROF].deadline ||
		READ_ONCE(process->limits[ABI_RLIMIT_CPU].rlim_cur) != ABI_RLIM_INFINITY;
}

static void watch_locked(struct process *process)
{
	bool wanted = is_wanted_locked(process);
	struct task *task;

	if (process->watched == wanted)
		return;
	process->watched = wanted;
	list_for_each(task, &process->threads, node)
		WRITE_ONCE(task->thread.watched, process->watched);
}

void cpu_timer_watch(struct process *process)
{
	bool irqs = spin_lock_irq(&process->signal_lock);

	watch_locked(process);
	spin_unlock_irq(&process->signal_lock, irqs);
}

static struct alarm_time left_locked(const struct cpu_timer *timer, u64 now)
{
	struct alarm_time time = { .interval = timer->interval };

	/* One that is due is still set. */
	if (timer->deadline)
		time.value = timer->deadline > now ? timer->deadline - now : 1000;
	return time;
}

void cpu_timer_get(enum cpu_timer_kind kind, struct alarm_time *time)
{
	struct process *self = process_current();
	u64 now[CPU_TIMERS];

	bool irqs = spin_lock_irq(&self->signal_lock);
	read_locked(self, now);
	*time = left_locked(&self->cpu_timers[kind], now[kind]);
	spin_unlock_irq(&self->signal_lock, irqs);
}

void cpu_timer_set(
	enum cpu_timer_kind kind, const struct alarm_time *new, struct alarm_time *old)
{
	struct process *self = process_current();
	struct cpu_timer *timer = &self->cpu_timers[kind];
	u64 now[CPU_TIMERS];

	bool irqs = spin_lock_irq(&self->signal_lock);
	read_locked(self, now);
	*old = left_locked(timer, now[kind]);
	timer->deadline = new->value ? now[kind] + new->value : 0;
	timer->interval = new->value ? new->interval : 0;
	watch_locked(self);
	spin_unlock_irq(&self->signal_lock, irqs);
}

/* Whether it is due; then it is set again, or no more. */
static bool take_locked(struct cpu_timer *timer, u64 now)
{
	if (!timer->deadline || now < timer->deadline)
		return false;
	if (timer->interval)
		timer->deadline = now + timer->interval - (now - timer->deadline) % timer->interval;
	else
		timer->deadline = 0;
	return true;
}

/* As on Linux, the soft limit moves on by a second with each signal. */
static void check_limit(struct process *self, u64 used)
{
	struct abi_rlimit *limit = &self->limits[ABI_RLIMIT_CPU];
	u64 seconds = used / NS_PER_SEC;
	int signal = 0;

	spin_lock(&process_lock);
	if (seconds >= limit->rlim_max) {
		signal = ABI_SIGKILL;
	} else if (seconds >= limit->rlim_cur) {
		signal = ABI_SIGXCPU;
		limit->rlim_cur++;
	}
	spin_unlock(&process_lock);
	if (signal)
		process_signal(self, signal);
}

void cpu_timer_check(void)
{
	struct task *task = task_current();
	struct process *self = task->process;
	bool due[CPU_TIMERS];
	u64 now[CPU_TIMERS];

	atomic_fetch_and(&task->thread.work, ~THREAD_WORK_SAMPLED);
	bool irqs = spin_lock_irq(&self->signal_lock);
	read_locked(self, now);
	for (int kind = 0; kind < CPU_TIMERS; kind++)
		due[kind] = take_locked(&self->cpu_timers[kind], now[kind]);
	watch_locked(self);
	spin_unlock_irq(&self->signal_lock, irqs);
	for (int kind = 0; kind < CPU_TIMERS; kind++)
		if (due[kind])
			process_signal(self, signals[kind]);
	check_limit(self, now[CPU_TIMER_PROF]);
}
