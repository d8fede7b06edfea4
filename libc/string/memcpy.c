/* memcpy(3). */
#include <string.h>

#include "copy.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	if (size < 16)
		copy_small(to, from, size);
	else
		copy_upward(to, from, size);
	return to;
}

