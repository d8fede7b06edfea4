/* A request for more writable memory than the machine has is refused at once (Linux's overcommit
 * mode 0), by mmap, mprotect and brk alike; address space is not.
 *
 * own-linux: yes
 * guest-only: a Linux machine may be set to another mode. */
#include "mapping.h"

#include <sys/syscall.h>

int main(void)
{
	size_t much = 1024 * GIB;
	unsigned long brk_now = syscall(SYS_brk, 0);
	char *space;

	CHECK_ERRNO(mmap(NULL, much, RW, PRIVATE, -1, 0), ENOMEM);
	CHECK_ERRNO(mmap(NULL, much, PROT_WRITE, PRIVATE, -1, 0), ENOMEM);
	space = mmap(NULL, much, PROT_READ, PRIVATE, -1, 0);
	CHECK(space != MAP_FAILED);
	CHECK_ERRNO(mprotect(space, much, RW), ENOMEM);
	CHECK_MAPPING(space, much, "r--p");
	CHECK_EQ(mprotect(space, MIB, RW), 0);
	space[MIB - 1] = 1;
	CHECK_EQ(munmap(space, much), 0);
	CHECK_EQ(syscall(SYS_brk, brk_now + much), brk_now);
	PASS();
}
