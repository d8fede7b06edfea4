/* SYNOS_HEAP_STEP sets how much the heap takes from the kernel at a time; the pages are
 * reserved, not touched. The heap reads the environment at its first use, so each setting has a
 * process of its own. */
#include <synos/heap.h>

#include "heap_calls.h"
#include "heap_resident.h"
#include "test.h"

#define BLOCK	(((size_t)128 << 10) - 16)	/* two granules, with the fence */

static void step_set(char *setting)
{
	static char *variables[2];

	CHECK_EQ(get_allocation_stats().total_allocations, 0);
	variables[0] = setting;
	environ = variables;
}

/* Blocks of BLOCK bytes fill a step: in percent, what they use of what is mapped. */
static unsigned percent_with(int blocks)
{
	while (blocks--)
		CHECK(malloc(BLOCK) != NULL);
	return get_heap_usage_percent();
}

static void step_64_mib(void)
{
	step_set("SYNOS_HEAP_STEP=64M");
	CHECK_EQ(percent_with(64), 12);
	CHECK_EQ(percent_with(64), 24);
	CHECK_EQ(percent_with(64 * 6), 99);
	CHECK(resident() < 8 << 10);
}

static void step_1_mib(void)
{
	step_set("SYNOS_HEAP_STEP=1024K");
	CHECK_EQ(percent_with(2), 24);
	CHECK_EQ(percent_with(6), 99);
	CHECK_EQ(percent_with(2), 62);
}

/* Too small: as 1M. */
static void step_small(void)
{
	step_set("SYNOS_HEAP_STEP=5");
	CHECK_EQ(percent_with(2), 24);
}

/* Not a number: as if it were not there, and that is 4M. */
static void step_bad(void)
{
	step_set("SYNOS_HEAP_STEP=much");
	CHECK_EQ(percent_with(2), 6);
}

static void step_none(void)
{
	step_set("OTHER=64M");
	CHECK_EQ(percent_with(2), 6);
}

int main(void)
{
	CHECK_EXIT(step_64_mib, 0);
	CHECK_EXIT(step_1_mib, 0);
	CHECK_EXIT(step_small, 0);
	CHECK_EXIT(step_bad, 0);
	CHECK_EXIT(step_none, 0);
	PASS();
}
