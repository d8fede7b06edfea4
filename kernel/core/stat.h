/* Named numbers about the system: each is registered once, where it is counted; /proc/stat-like
 * files, ai_query and the ledger of the tests are views of them. A counter is per CPU and costs one
 * increment; reading sums.
 *
 *	STAT_COUNTER(vm_faults_zero, "page faults that gave zeros");
 *	stat_add(&vm_faults_zero, 1);
 *
 * A gauge is computed when asked: STAT_GAUGE(name, text, function). Both are found through the
 * linker section .stats. Any context. */
#ifndef CORE_STAT_H
#define CORE_STAT_H

#include "lib/types.h"
#include "x86/percpu.h"

struct stat {
	const char *name;
	const char *text;
	u64 (*read)(void);	/* a gauge; NULL for a counter */
	s64 *count;		/* a counter: CPU 0's (PERCPU_DATA) */
};

#define STAT_COUNTER(id, description)							\
	static s64 id##_count PERCPU_DATA;						\
	static const struct stat id __attribute__((section(".stats"), used, aligned(8))) = \
		{ .name = #id, .text = (description), .count = &id##_count }
#define STAT_GAUGE(id, description, function)						\
	static const struct stat id __attribute__((section(".stats"), used, aligned(8))) = \
		{ .name = #id, .text = (description), .read = (function) }

static inline void stat_add(const struct stat *stat, s64 amount)
{
	s64 *count = PERCPU_OF(percpu_self(), stat->count);

	__asm__ volatile("addq %1, %0" : "+m"(*count) : "er"(amount));
}

u64 stat_read(const struct stat *stat);
/* All of them: for (s = stat_first(); s < stat_end(); s++). */
const struct stat *stat_first(void);
const struct stat *stat_end(void);

#endif
