/* The stack grows as it is used, up to its limit of 8 MiB, and shows as one mapping. */
#include "mapping.h"

static unsigned long lowest;

__attribute__((noinline))
static int recurse(int depth)
{
	volatile char frame[PAGE];

	frame[0] = frame[PAGE - 1] = (char)depth;
	lowest = (unsigned long)frame;
	if (depth > 0 && recurse(depth - 1) != depth - 1)
		return -1;
	return frame[0] == (char)depth && frame[PAGE - 1] == (char)depth ? depth : -1;
}

int main(void)
{
	struct mapping before, after;
	char here;

	CHECK(mapping_at(&here, &before));
	CHECK_STR(before.name, "[stack]");
	CHECK_EQ(recurse(7 * 256), 7 * 256);
	CHECK(mapping_at((char *)lowest, &after));
	CHECK_EQ(after.end, before.end);
	CHECK(after.start < before.start && (unsigned long)&here - lowest > 7 * MIB);
	CHECK_STR(after.rights, "rw-p");
	CHECK_STR(after.name, "[stack]");

	/* Far down in one step as well. */
	*(volatile char *)((after.end - 8 * MIB + 64 * PAGE) & -PAGE) = 1;
	PASS();
}
