/* The step of the generator under rand(3) and random(3). */
#ifndef INTERNAL_RANDOM_STEP_H
#define INTERNAL_RANDOM_STEP_H

static inline unsigned long random_step(unsigned long state)
{
	return state * 6364136223846793005 + 1442695040888963407;
}

#endif
