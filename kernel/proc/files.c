/* Files of /proc (proc/files.h), in the form of proc(5). Those of
 * processes are in pid_files.c. */
#include "proc/files.h"

#include "core/panic.h"
#include "core/stat.h"
#include "fs/fs.h"
#include "mem/frame.h"
#include "proc/pid_files.h"
#include "sched/thread.h"
#include "sched/time.h"

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
		{ "meminfo", print_meminfo },
		{ "uptime", print_uptime },
		{ "synos", print_stats },
	};

	pid_files_init();
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (procfs_register(files[i].path, 0444, files[i].generate, NULL) < 0)
			panic("no memory for /proc/%s", files[i].path);
}
