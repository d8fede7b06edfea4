/* Reclaim (mem/reclaim.h). */
#include "mem/reclaim.h"

#include "core/stat.h"
#include "mem/frame.h"
#include "mem/slab.h"
#include "x86/insn.h"
#include "x86/percpu.h"

STAT_COUNTER(reclaim_runs, "times that memory was short and what is kept for later was asked for");
STAT_COUNTER(reclaim_frames, "page frames that came back so");

static struct shrinker *shrinkers;
static SEALED bool (*wait_for_memory)(void);

void reclaim_register(struct shrinker *shrinker)
{
	shrinker->next = shrinkers;
	shrinkers = shrinker;
}

void reclaim_register_wait(bool (*wait)(void))
{
	wait_for_memory = wait;
}

u64 reclaim_all(void)
{
	u64 frames = slab_drain();

	for (const struct shrinker *shrinker = shrinkers; shrinker; shrinker = shrinker->next)
		frames += shrinker->shrink();
	stat_add(&reclaim_runs, 1);
	stat_add(&reclaim_frames, frames);
	return frames;
}

bool reclaim_for_retry(void)
{
	const struct percpu *cpu = percpu_self();
	bool may_sleep = insn_irqs_enabled() && cpu->current != cpu->idle;

	if (cpu->preempt_count > 0 || cpu->irq_depth > 0)
		return false;
	if (reclaim_all() > 0)
		return true;
	return may_sleep && wait_for_memory && wait_for_memory();
}
