/* The registry is the linker section .stats. */
#include "core/stat.h"

extern const struct stat stats_start[], stats_end[];

u64 stat_read(const struct stat *stat)
{
	if (stat->read != NULL)
		return stat->read();
	s64 sum = 0;
	for (u32 cpu = 0; cpu < percpu_count; cpu++)
		sum += READ_ONCE(*PERCPU_OF(percpu_blocks[cpu], stat->count));
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
