/* See stat_file.h. */
#include "proc/stat_file.h"

#include "proc/process.h"
#include "proc/task.h"
#include "sched/cpu_time.h"
#include "sched/load.h"
#include "sched/thread.h"
#include "sched/time.h"
#include "x86/clock.h"
#include "x86/percpu.h"

/* Of ten times four are told apart: user, nice, system and idle. An interrupt is part of what it
 * came into, and there is no disk to wait for. */
static void print_times(struct proc_text *text, const struct cpu_time *time)
{
	proc_print(text, " %lu %lu %lu %lu 0 0 0 0 0 0\n", time->user / TICK_NS,
		time->nice / TICK_NS, time->system / TICK_NS, time->idle / TICK_NS);
}

static void print_cpus(struct proc_text *text)
{
	struct cpu_time sum = { 0 }, one;

	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		cpu_time_get(cpu, &one);
		sum.user += one.user;
		sum.nice += one.nice;
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

void stat_file_print(struct proc_text *text, void *argument)
{
	(void)argument;
	print_cpus(text);
	print_interrupts(text);
	proc_print(text, "ctxt %lu\nbtime %lu\nprocesses %lu\nprocs_running %lu\nprocs_blocked 0\n",
		switches(), clock_hw_boot_time(), task_starts(), load_active());
}

/* Rounded to hundredths. */
void load_file_print(struct proc_text *text, void *argument)
{
	u64 averages[LOAD_AVERAGES];

	(void)argument;
	load_get(averages);
	for (u32 i = 0; i < LOAD_AVERAGES; i++) {
		u64 hundredths = (averages[i] * 100 + (1ul << (LOAD_SHIFT - 1))) >> LOAD_SHIFT;
		proc_print(text, "%lu.%02lu ", hundredths / 100, hundredths % 100);
	}
	proc_print(text, "%lu/%lu %d\n", load_active(), sched_threads(), process_last_number());
}
