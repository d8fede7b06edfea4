/* The texts of /proc/PID (proc/pid_print.h). */
#include "proc/pid_print.h"

#include "lib/errno.h"
#include "lib/format.h"
#include "mem/frame.h"
#include "proc/command_line.h"
#include "proc/oom.h"
#include "sched/time.h"

#define OLD_SIGNALS	0x7ffffffful		/* the numbers that stat tells of */

struct statm {
	u64 text, data;
};

static const char *area_name(const struct area *area, char *buffer, size_t size)
{
	if (area->backing) {
		area->backing->ops->describe(area->backing, buffer, size);
		return buffer;
	}
	if (area->flags & AREA_STACK)
		return "[stack]";
	return area->flags & AREA_HEAP ? "[heap]" : "";
}

static void print_area(const struct area *area, void *context)
{
	u64 device = area->backing ? area->backing->device : 0;
	char line[128], name[256];

	int length = format(line, sizeof(line), "%08lx-%08lx %c%c%c%c %08lx %02lx:%02lx %lu",
		area->start, area->end, area->flags & AREA_READ ? 'r' : '-',
		area->flags & AREA_WRITE ? 'w' : '-', area->flags & AREA_EXEC ? 'x' : '-',
		area->flags & AREA_SHARED ? 's' : 'p', area->offset, device >> 8 & 0xfff,
		device & 0xff, area->backing ? area->backing->inode : 0);
	const char *text = area_name(area, name, sizeof(name));
	proc_print(context, *text ? "%-*s %s\n" : "%-*s%s\n", *text ? MAX(length, 72) : length,
		line, text);
}

void pid_print_maps(struct proc_text *text, const struct pid_view *view)
{
	if (!pid_view_permitted(view))
		proc_fail(text, -EACCES);
	else if (view->space)
		space_each_area(view->space, print_area, text);
}

static const char *state_word(char state)
{
	switch (state) {
	case 'Z': return "zombie";
	case 'T': return "stopped";
	case 'D': return "disk sleep";
	case 'S': return "sleeping";
	default: return "running";
	}
}

void pid_print_status(struct proc_text *text, const struct pid_view *view)
{
	const struct space *space = view->space;

	proc_print(text, "Name:\t%s\nState:\t%c (%s)\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\n", view->name,
		view->state, state_word(view->state), view->pid, view->tid, view->parent);
	proc_print(text, "Uid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\n", view->uid, view->euid,
		view->suid, view->euid, view->gid, view->egid, view->sgid, view->egid);
	if (space)
		proc_print(text,
			"VmSize:\t%8lu kB\nVmLck:\t%8lu kB\nVmHWM:\t%8lu kB\nVmRSS:\t%8lu kB\n"
			"VmPTE:\t%8lu kB\n",
			space->mapped / 1024, space->locked / 1024, space->resident_peak * (PAGE_SIZE / 1024),
			space->resident * (PAGE_SIZE / 1024), frame_tables(space->root) * (PAGE_SIZE / 1024));
	proc_print(text, "Threads:\t%u\nSigPnd:\t%016lx\nShdPnd:\t%016lx\nSigBlk:\t%016lx\n",
		view->threads, view->pending, view->shared_pending, view->blocked);
	proc_print(text, "SigIgn:\t%016lx\nSigCgt:\t%016lx\n", view->ignored, view->caught);
}

/* proc(5): below 0 for real-time threads, else from 0 to 39. */
static int priority_shown(const struct thread_policy *policy)
{
	return policy->urgency > 0 ? -1 - (int)policy->urgency : 20 + policy->nice;
}

/* The 52 fields of proc(5); what this kernel does not have is 0, as are addresses. */
void pid_print_stat(struct proc_text *text, const struct pid_view *view)
{
	u64 size = view->space ? view->space->mapped : 0;
	u64 resident = view->space ? view->space->resident : 0;

	proc_print(text, "%d (%s) %c %d %d %d %u %d 0 %lu %lu 0 0 ", view->tid, view->name,
		view->state, view->parent, view->group, view->session, view->terminal,
		view->terminal_group, view->usage.faults, view->children.faults);
	proc_print(text, "%lu %lu %lu %lu %d %d %u 0 %lu %lu %lu ", view->usage.user / TICK_NS,
		view->usage.system / TICK_NS, view->children.user / TICK_NS,
		view->children.system / TICK_NS, priority_shown(&view->policy), view->policy.nice,
		view->threads, view->started / TICK_NS, size, resident);
	/* Of the signals only the first 31, as decimal numbers: newer programs read status. */
	proc_print(text, "%lu 0 0 0 0 0 %lu %lu %lu %lu 0 0 0 %d %u %u %u "
		"0 0 0 0 0 0 0 0 0 0 0\n",
		UINT64_MAX, view->pending & OLD_SIGNALS, view->blocked & OLD_SIGNALS,
		view->ignored & OLD_SIGNALS, view->caught & OLD_SIGNALS, ABI_SIGCHLD,
		view->cpu, view->policy.urgency, view->policy.kind);
}

static void add_area(const struct area *area, void *context)
{
	struct statm *statm = context;
	u64 pages = (area->end - area->start) / PAGE_SIZE;

	if (area->flags & AREA_EXEC)
		statm->text += pages;
	else if (area->flags & AREA_WRITE && !(area->flags & AREA_SHARED))
		statm->data += pages;
}

/* In pages; how many of the resident ones are shared is not counted. */
void pid_print_statm(struct proc_text *text, const struct pid_view *view)
{
	struct statm statm = { 0 };

	if (!view->space) {
		proc_print(text, "0 0 0 0 0 0 0\n");
		return;
	}
	space_each_area(view->space, add_area, &statm);
	proc_print(text, "%lu %lu 0 %lu 0 %lu 0\n", view->space->mapped / PAGE_SIZE,
		view->space->resident, statm.text, statm.data);
}

/* As on Linux out of a thousand, which would be all memory. */
void pid_print_oom_score(struct proc_text *text, const struct pid_view *view)
{
	struct frame_counts frames;

	frame_count(&frames);
	proc_print(text, "%lu\n", oom_score(view->pid, view->space, view->threads) * 1000 / frames.total);
}

void pid_print_environ(struct proc_text *text, const struct pid_view *view)
{
	const struct command_line *command = view->command;

	if (!pid_view_permitted(view))
		proc_fail(text, -EACCES);
	else if (command && view->space)
		proc_put_bytes(text, command->bytes + command->size, command->environment_size);
}

void pid_print_cmdline(struct proc_text *text, const struct pid_view *view)
{
	if (view->command && view->space)
		proc_put_bytes(text, view->command->bytes, view->command->size);
}

void pid_print_comm(struct proc_text *text, const struct pid_view *view)
{
	proc_print(text, "%s\n", view->name);
}
