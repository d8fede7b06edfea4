/* What a thread weighs, which is what its share of a CPU goes by (sched/policy.h), and how fast its
 * virtual time goes for that (sched/runqueue.h). Arithmetic; any context. */
#ifndef SCHED_WEIGHT_H
#define SCHED_WEIGHT_H

#include "sched/thread.h"

/* Of nice value 0. */
#define WEIGHT_NORMAL	1024u

u32 weight_of(enum thread_policy_kind kind, int nice);
/* Virtual time per time, shifted by THREAD_PACE_SHIFT. The weight is not 0. */
u64 weight_pace(u32 weight);

#endif
