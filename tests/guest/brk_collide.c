/* The break does not run into a mapping, and brk(3) says so; mapping over its edge does not move
 * it. */
#include "mapping.h"

#include <sys/syscall.h>

int main(void)
{
	unsigned long old = syscall(SYS_brk, 0), start = (old + PAGE - 1) & -PAGE;
	char *wall = (char *)start + 40 * PAGE;

	CHECK_EQ(mmap(wall, PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0), wall);
	wall[0] = 9;
	CHECK_EQ(syscall(SYS_brk, start + 8 * PAGE), start + 8 * PAGE);
	CHECK_EQ(syscall(SYS_brk, start + 41 * PAGE), start + 8 * PAGE);
	CHECK_EQ(syscall(SYS_brk, start + 60 * PAGE), start + 8 * PAGE);
	CHECK_EQ(syscall(SYS_brk, start + 30 * PAGE), start + 30 * PAGE);
	CHECK_ERRNO(brk((void *)(start + 50 * PAGE)), ENOMEM);
	CHECK_EQ(wall[0], 9);

	/* A guard as C libraries set one: in the page at the break. */
	CHECK_EQ(mmap((void *)start, PAGE, PROT_NONE, PRIVATE | MAP_FIXED, -1, 0), start);
	CHECK_NOT_READABLE(start);
	CHECK_EQ(syscall(SYS_brk, 0), start + 30 * PAGE);
	CHECK_EQ(munmap(wall, PAGE), 0);
	CHECK_EQ(syscall(SYS_brk, start + 60 * PAGE), start + 60 * PAGE);
	memset((char *)start + 30 * PAGE, 1, 30 * PAGE);
	CHECK_EQ(syscall(SYS_brk, start), start);
	PASS();
}
