/* MAP_32BIT: addresses that fit into 31 bits, as long as there are any. */
#include "mapping.h"

int main(void)
{
	char *low[8], *all;

	for (int i = 0; i < 8; i++) {
		low[i] = mmap(NULL, (i + 1) * MIB, RW, PRIVATE | MAP_32BIT, -1, 0);
		CHECK(low[i] != MAP_FAILED && (unsigned long)low[i] + (i + 1) * MIB <= 1ul << 31);
		low[i][(i + 1) * MIB - 1] = (char)(i + 1);
	}
	CHECK_ERRNO(mmap(NULL, 4 * GIB, PROT_NONE, PRIVATE | MAP_32BIT, -1, 0), ENOMEM);
	for (int i = 0; i < 8; i++) {
		CHECK_EQ(low[i][(i + 1) * MIB - 1], i + 1);
		CHECK_EQ(munmap(low[i], (i + 1) * MIB), 0);
	}
	all = map_pages(1);
	CHECK(mmap(all, PAGE, RW, PRIVATE | MAP_32BIT | MAP_FIXED, -1, 0) == all);
	PASS();
}
