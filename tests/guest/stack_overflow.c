/* A program that calls itself for ever dies by SIGSEGV when the stack has reached its limit, and
 * nobody else notices. */
#include "mapping.h"

#define FAR	(64 * MIB)	/* further than any limit set here */

static char *start;

__attribute__((noinline))
static int recurse(volatile char *above)
{
	volatile char frame[1000];

	frame[0] = *above;
	if ((unsigned long)(start - (char *)frame) > FAR)
		return 1;
	return recurse(frame) + frame[0];
}

static void overflow(void)
{
	volatile char here = 0;

	start = (char *)&here;
	_exit(recurse(&here) ? 1 : 2);
}

/* At once, just below where the stack may reach. */
static void step_over(void)
{
	struct mapping stack;
	char here;

	CHECK(mapping_at(&here, &stack));
	*(volatile char *)(stack.end - 8 * MIB - PAGE) = 1;
}

int main(void)
{
	for (int i = 0; i < 3; i++)
		CHECK_SIGNAL(overflow, SIGSEGV);
	CHECK_SIGNAL(step_over, SIGSEGV);
	PASS();
}
