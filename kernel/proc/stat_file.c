/* See stat_file.h. */
#include "proc/stat_file.h"

#include "proc/process.h"
#include "proc/task.h"
#include "sched/cpu_time.h"
#include "sched/time.h"
#include "x86/clock.h"
#include "x86/percpu.h"

#define TICK_NS		(NS_PER_SEC / 100)	/* AT_CLKTCK */

/* Of ten times three are told apart: user, system and idle. An interrupt is part of what it came
 * into, and there is no disk to wait for. */
static void print_times(struct proc_text *text, const struct cpu_time *time)
{
	proc_print(text, " %lu 0 %lu %lu 0 0 0 0 0 0\n", time->user / TICK_NS,
		time->system / TICK_NS, time->idle / TICK_NS);
}

static void print_cpus(struct proc_text *text)
{
	struct cpu_time sum = { 0 }, one;

	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		cpu_time_get(cpu, &one);
		sum.user += one.user;
		sum.system += one.system;
		sum.idle += one.idle;
	}
	proc_print(text, "cpu ");
	print_times(text, &sum);
	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		cpu_time_get(cpu, &one);
		proc_print(text, "cpu%u", cpu);
		print_times(text, &one);
	}
}

/* All that came, then those of each ISA interrupt. */
static void print_interrupts(struct proc_text *text)
{
	u64 counts[PERCPU_INTERRUPTS] = { 0 }, sum = 0;

	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		for (u32 i = 0; i < PERCPU_INTERRUPTS; i++)
			counts[i] += READ_ONCE(percpu_blocks[cpu]->interrupts[i]);
	for (u32 i = 0; i < PERCPU_INTERRUPTS; i++)
		sum += counts[i];
	proc_print(text, "intr %lu", sum);
	for (u32 i = 0; i < PERCPU_INTERRUPTS - 1; i++)
		proc_print(text, " %lu", counts[i]);
	proc_print(text, "\n");
}

static u64 switches(void)
{
	u64 sum = 0;

	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		sum += READ_ONCE(percpu_blocks[cpu]->switches);
	return sum;
}

static bool is_ready(const struct thread *thread)
{
	enum thread_state state = READ_ONCE(thread->state);

	return state == THREAD_RUNNABLE || state == THREAD_RUNNING;
}

/* Threads of processes that run or could. */
static u64 count_running(void)
{
	struct process *process = NULL;
	const struct task *task;
	u64 running = 0;

	spin_lock(&process_lock);
	while ((process = process_next_locked(process)))
		list_for_each(task, &process->threads, node)
			running += !task->reaped && is_ready(&task->thread);
	spin_unlock(&process_lock);
	return running;
}

void stat_file_print(struct proc_text *text, void *argument)
{
	(void)argument;
	print_cpus(text);
	print_interrupts(text);
	proc_print(text, "ctxt %lu\nbtime %lu\nprocesses %lu\nprocs_running %lu\nprocs_blocked 0\n",
		switches(), clock_hw_boot_time(), task_starts(), count_running());
}
