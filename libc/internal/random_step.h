/* The step of the generator under rand(3) and random(3). */
#ifndef INTERNAL_RANDOM_STEP_H
#define INTERNAL_RANDOM_STEP_H

#include <stdbool.h>

static inline unsigned long random_step(unsigned long state)
{
	return state * 6364136223846793005 + 1442695040888963407;
}

/* Of threads that step at once each gets its own number. */
static inline unsigned long random_step_shared(unsigned long *state)
{
	unsigned long old = __atomic_load_n(state, __ATOMIC_RELAXED), next;

	do
		next = random_step(old);
	while (!__atomic_compare_exchange_n(
		state, &old, next, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
	return next;
}

#endif
