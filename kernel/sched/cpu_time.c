/* See cpu_time.h. */
#include "sched/cpu_time.h"

#include "sched/thread.h"
#include "x86/percpu.h"

static struct {
	u64 user, nice, system;	/* their sum is when it was looked at last, in busy time */
} ALIGNED(64) spent[CPU_MAX];

/* A CPU that has gone idle since was busy for so short that no interrupt saw it: nobody knows
 * where, and it counts as the user's. */
void cpu_time_tick(u64 now, bool user)
{
	const struct percpu *self = percpu_self();
	const struct thread *idle = self->idle;
	bool is_idle = self->current == idle;
	u64 busy = (is_idle ? idle->switched_in : now) - idle->runtime;
	u64 before = spent[self->id].user + spent[self->id].nice + spent[self->id].system;

	if (busy <= before)
		return;
	if (!user && !is_idle)
		spent[self->id].system += busy - before;
	else if (self->current->nice > 0)
		spent[self->id].nice += busy - before;
	else
		spent[self->id].user += busy - before;
}

void cpu_time_get(u32 cpu, struct cpu_time *time)
{
	time->user = READ_ONCE(spent[cpu].user);
	time->nice = READ_ONCE(spent[cpu].nice);
	time->system = READ_ONCE(spent[cpu].system);
	time->idle = thread_runtime(percpu_blocks[cpu]->idle);
}
