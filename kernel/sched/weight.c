/* See weight.h. */
#include "sched/weight.h"

#define WEIGHT_IDLE	3u

u32 weight_of(enum thread_policy_kind kind, int nice)
{
	u64 weight = (u64)WEIGHT_NORMAL << 32;

	if (kind == THREAD_IDLE)
		return WEIGHT_IDLE;
	for (; nice > 0; nice--)
		weight = weight * 4 / 5;
	for (; nice < 0; nice++)
		weight += weight / 4;
	return weight >> 32;
}

u64 weight_pace(u32 weight)
{
	return ((u64)WEIGHT_NORMAL << THREAD_PACE_SHIFT) / weight;
}
