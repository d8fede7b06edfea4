/* Pages that are given back leave no page tables behind: those of a large range go at once, those of
 * small ranges after a while. VmPTE says how many there are.
 *
 * guest-only: Linux keeps them until the range is unmapped. */
#include "mapping.h"

#define TABLE	(2 * MIB)	/* what one page table maps */
#define TABLES	1000

static unsigned long tables(void)
{
	char line[256];
	unsigned long kib = 0;
	FILE *file = fopen("/proc/self/status", "r");

	CHECK(file != NULL);
	while (fgets(line, sizeof(line), file) && sscanf(line, "VmPTE: %lu kB", &kib) != 1)
		;
	fclose(file);
	CHECK(kib >= 4 * 4);
	return kib / 4;
}

static void touch(volatile char *place, int write)
{
	for (unsigned long i = 0; i < TABLES; i++) {
		if (write)
			place[i * TABLE] = 1;
		else
			CHECK_EQ(place[i * TABLE], 0);
	}
}

int main(void)
{
	char *place = mmap(NULL, TABLES * TABLE, RW, PRIVATE | MAP_NORESERVE, -1, 0);
	unsigned long before = tables();

	CHECK(place != MAP_FAILED);
	for (int write = 0; write < 2; write++) {
		touch(place, write);
		CHECK(tables() >= before + TABLES - 1);
		CHECK_EQ(madvise(place, TABLES * TABLE, MADV_DONTNEED), 0);
		CHECK(tables() <= before + 8);
		touch(place, write);
		for (unsigned long i = 0; i < TABLES; i++)
			CHECK_EQ(madvise(place + i * TABLE, PAGE, MADV_DONTNEED), 0);
		CHECK(tables() <= before + 200);
	}
	CHECK_EQ(munmap(place, TABLES * TABLE), 0);
	CHECK(tables() <= before + 200);
	PASS();
}
