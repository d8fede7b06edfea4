/* What the kernel keeps for later and can do without: whoever keeps frames registers how to give
 * them back. */
#ifndef MEM_RECLAIM_H
#define MEM_RECLAIM_H

#include "lib/types.h"

struct shrinker {
	u64 (*shrink)(void);		/* the frames given back; holds no lock afterwards */
	struct shrinker *next;
};

/* Boot. */
void reclaim_register(struct shrinker *shrinker);
/* Whoever waits for memory to come back, in proc: whether there may be some now. It may sleep. */
void reclaim_register_wait(bool (*wait)(void));

/* Has all of them give back what they can; how many frames. No spin lock is held, and no interrupt
 * handler runs. */
u64 reclaim_all(void);
/* After an allocation has failed: whether another try may do better. Any context; where it may not
 * be done it does nothing. */
MUST_CHECK bool reclaim_for_retry(void);

#endif
