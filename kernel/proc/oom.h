/* When memory has run out: who dies for it (docs/memory.md has the rule). */
#ifndef PROC_OOM_H
#define PROC_OOM_H

#include "lib/types.h"

struct space;

/* Registers the policy with vm and mem. Boot. */
void oom_init(void);
/* The current thread needs a frame for a page it has touched, and there is none, nor anything left
 * to reclaim. Returns when it may be worth another try; false: the thread's own process is ending,
 * and it does not get one. Sleeps; holds no spin lock. */
bool oom_relieve(void);
/* What decides: the process with the most pages, its page tables, areas and kernel stacks among
 * them, and never process 1. In pages, from 1; 0: is not chosen. A space that is NULL holds
 * nothing. */
u64 oom_score(int pid, const struct space *space, u32 threads);

#endif
