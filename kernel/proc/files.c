/* Files of /proc (proc/files.h), in the form of proc(5). Those of
 * processes are in pid_files.c. */
#include "proc/files.h"

#include "core/panic.h"
#include "core/stat.h"
#include "fs/fs.h"
#include "lib/atomic.h"
#include "mem/frame.h"
#include "mem/slab.h"
#include "proc/pid_files.h"
#include "proc/stat_file.h"
#include "sched/thread.h"
#include "sched/time.h"
#include "x86/clock.h"
#include "x86/cpu.h"
#include "x86/cpu_flags.h"
#include "x86/percpu.h"

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
	print_kb(text, "SReclaimable:", 0);
	print_kb(text, "SUnreclaim:", frames.by_use[FRAME_SLAB]);
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

/* The names of the flags that the CPUs have; how many. */
static u32 find_flags(const char *names[CPU_FLAGS])
{
	u32 count = 0;

	for (u32 n = 0; n < CPU_FLAGS; n++) {
		const char *name = cpu_flag(n);

		if (name)
			names[count++] = name;
	}
	return count;
}

/* A block for each CPU that runs; they are all alike. */
static void print_cpuinfo(struct proc_text *text, void *argument)
{
	char vendor[CPU_VENDOR_SIZE], brand[CPU_BRAND_SIZE];
	const char *flags[CPU_FLAGS];
	u32 count = find_flags(flags);
	u64 khz = clock_hw_tsc_khz();

	(void)argument;
	cpu_name(vendor, brand);
	for (u32 cpu = 0; cpu < percpu_count; cpu++) {
		proc_print(text,
			"processor\t: %u\nvendor_id\t: %s\nmodel name\t: %s\ncpu MHz\t\t: %lu.%03lu\n"
			"apicid\t\t: %u\nflags\t\t:",
			cpu, vendor, brand, khz / 1000, khz % 1000, percpu_blocks[cpu]->apic_id);
		for (u32 n = 0; n < count; n++)
			proc_print(text, " %s", flags[n]);
		proc_print(text, "\n\n");
	}
}

static void print_stats(struct proc_text *text, void *argument)
{
	(void)argument;
	for (const struct stat *stat = stat_first(); stat < stat_end(); stat++)
		proc_print(text, "%-24s %12lu  %s\n", stat->name, stat_read(stat), stat->text);
}

/* The columns are those of slabinfo(5); behind them, what only this kernel says. */
static void print_slab(struct slab_cache *cache, void *context)
{
	u64 objects = slab_objects(cache), slabs = READ_ONCE(cache->slabs);

	proc_print(context, "%-20s %6lu %6lu %6u %4u %4u : tunables %u %u 0 : slabdata %lu %lu 0",
		cache->name, objects, slabs * cache->per_slab, cache->slot, cache->per_slab,
		1u << cache->order, cache->magazine_size, cache->magazine_size / 2, slabs, slabs);
	proc_print(context, " : most %lu\n", READ_ONCE(cache->objects_peak));
}

static void print_slabs(struct proc_text *text, void *argument)
{
	(void)argument;
	proc_print(text, "slabinfo - version: 2.1\n# name            <active_objs> <num_objs> "
			 "<objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> "
			 "<sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail> : most "
			 "<objs>\n");
	slab_each(print_slab, text);
}

void files_init(void)
{
	static const struct {
		const char *path;
		u32 mode;
		proc_generator_t generate;
	} files[] = {
		{ "meminfo", 0444, print_meminfo },
		{ "uptime", 0444, print_uptime },
		{ "slabinfo", 0400, print_slabs },
		{ "synos", 0444, print_stats },
		{ "stat", 0444, stat_file_print },
		{ "loadavg", 0444, load_file_print },
		{ "cpuinfo", 0444, print_cpuinfo },
	};

	pid_files_init();
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (procfs_register(files[i].path, files[i].mode, files[i].generate, NULL) < 0)
			panic("no memory for /proc/%s", files[i].path);
}
