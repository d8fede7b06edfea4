/* rand(3): a 64-bit linear congruential generator (Knuth's MMIX multiplier), of which the upper,
 * better half is used. */
#include <stdlib.h>

#include "random_step.h"

static unsigned long state = 1;

int rand(void)
{
	return (int)(random_step_shared(&state) >> 33);
}

void srand(unsigned seed)
{
	__atomic_store_n(&state, seed, __ATOMIC_RELAXED);
}
