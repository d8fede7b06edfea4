/* The registry is the linker section .stats. */
#include "core/stat.h"

extern const struct stat stats_start[], stats_end[];
extern char stat_counts_start[], stat_counts_end[];

size_t stat_counts_size(void)
{
	return stat_counts_end - stat_counts_start;
}

void stat_counts_place(struct percpu *cpu, void *counts)
{
	cpu->stat_delta = (u64)counts - (u64)stat_counts_start;
}

u64 stat_read(const struct stat *stat)
{
	if (stat->read != NULL)
		return stat->read();
	s64 sum = 0;
	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		sum += READ_ONCE(*(s64 *)((u64)stat->count + percpu_blocks[cpu]->stat_delta));
	return sum;
}

const struct stat *stat_first(void)
{
	return stats_start;
}

const struct stat *stat_end(void)
{
	return stats_end;
}
