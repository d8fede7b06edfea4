/* random(3), with a sequence of its own, and rand_r(3). */
#include <stdlib.h>

#include "random_step.h"

static unsigned long state = 1;

long random(void)
{
	return (long)(random_step_shared(&state) >> 33);
}

void srandom(unsigned seed)
{
	__atomic_store_n(&state, seed, __ATOMIC_RELAXED);
}

/* The caller's state has 32 bits only; mixing them (as the finisher of MurmurHash3 does) makes all
 * of them good. */
int rand_r(unsigned *seed)
{
	unsigned value = *seed = *seed * 1664525 + 1013904223;

	value ^= value >> 16;
	value *= 0x85ebca6b;
	value ^= value >> 13;
	return (int)(value >> 1);
}
