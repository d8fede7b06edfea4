/* Chance in the scheduler, to find races: with the boot option jitter=SEED slices end early and
 * threads wake on any CPU, as the seed says. In debug builds; others have none of it. Interrupts
 * off. */
#ifndef SCHED_JITTER_H
#define SCHED_JITTER_H

#include "lib/types.h"

#ifdef DEBUG

/* Reads the option. Boot. */
void jitter_init(void);
/* Sometimes true, and then the thread shall go to *cpu, one of those allowed. */
bool jitter_place(u64 allowed, u32 *cpu);
/* The end of a slice that begins now: what it was, or earlier. */
u64 jitter_slice(u64 now, u64 end);

#else

static inline void jitter_init(void)
{
}

static inline bool jitter_place(u64 allowed, u32 *cpu)
{
	(void)allowed;
	(void)cpu;
	return false;
}

static inline u64 jitter_slice(u64 now, u64 end)
{
	(void)now;
	return end;
}

#endif
#endif
