/* Files of /proc (proc/files.h), in the form of proc(5). Those of /proc/self are made by the
 * process that reads them. */
#include "proc/files.h"

#include "core/panic.h"
#include "core/stat.h"
#include "fs/fs.h"
#include "lib/format.h"
#include "mem/frame.h"
#include "proc/process.h"
#include "sched/time.h"

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

static void print_maps(struct proc_text *text, void *argument)
{
	(void)argument;
	space_each_area(process_current()->space, print_area, text);
}

static void print_status(struct proc_text *text, void *argument)
{
	const struct process *process = process_current();
	const struct space *space = process->space;

	(void)argument;
	proc_print(text, "Name:\t%s\nState:\tR (running)\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\n",
		process->name, process->pid, process->pid,
		process_parent_pid(process));
	proc_print(text, "Uid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\n", process->fs->uid,
		process->fs->euid, process->fs->suid, process->fs->euid, process->fs->gid,
		process->fs->egid, process->fs->sgid, process->fs->egid);
	proc_print(text, "VmSize:\t%8lu kB\nVmHWM:\t%8lu kB\nVmRSS:\t%8lu kB\nThreads:\t%u\n",
		space->mapped / 1024, space->resident_peak * (PAGE_SIZE / 1024),
		space->resident * (PAGE_SIZE / 1024), process->thread_count);
}

static void print_kb(struct proc_text *text, const char *name, u64 frames)
{
	proc_print(text, "%-16s%8lu kB\n", name, frames * (PAGE_SIZE / 1024));
}

static void print_meminfo(struct proc_text *text, void *argument)
{
	struct frame_counts frames;

	(void)argument;
	frame_count(&frames);
	print_kb(text, "MemTotal:", frames.total);
	print_kb(text, "MemFree:", frames.free);
	print_kb(text, "MemAvailable:", frames.free);
	print_kb(text, "Buffers:", 0);
	/* A file of a tmpfs is nowhere else: its pages are no cache that could be dropped. */
	print_kb(text, "Cached:", frames.by_use[FRAME_FILE]);
	print_kb(text, "SwapTotal:", 0);
	print_kb(text, "SwapFree:", 0);
	print_kb(text, "AnonPages:", frames.by_use[FRAME_ANONYMOUS]);
	print_kb(text, "Shmem:", frames.by_use[FRAME_FILE]);
	print_kb(text, "Slab:", frames.by_use[FRAME_SLAB]);
	print_kb(text, "PageTables:", frames.by_use[FRAME_PAGE_TABLE]);
}

static void print_uptime(struct proc_text *text, void *argument)
{
	u64 hundredths = clock_ns() / (10 * NS_PER_MS);
	u64 idle = sched_idle_time() / (10 * NS_PER_MS);

	(void)argument;
	proc_print(text, "%lu.%02lu %lu.%02lu\n", hundredths / 100, hundredths % 100, idle / 100,
		idle % 100);
}

static void print_stats(struct proc_text *text, void *argument)
{
	(void)argument;
	for (const struct stat *stat = stat_first(); stat < stat_end(); stat++)
		proc_print(text, "%-24s %12lu  %s\n", stat->name, stat_read(stat), stat->text);
}

void files_init(void)
{
	static const struct {
		const char *path;
		proc_generator_t generate;
	} files[] = {
		{ "self/maps", print_maps },
		{ "self/status", print_status },
		{ "meminfo", print_meminfo },
		{ "uptime", print_uptime },
		{ "synos", print_stats },
	};

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (procfs_register(files[i].path, 0444, files[i].generate, NULL) < 0)
			panic("no memory for /proc/%s", files[i].path);
}
