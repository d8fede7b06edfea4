/* explicit_bzero(3): the compiler may not drop it, even if nobody reads the memory any more. */
#include <string.h>

void explicit_bzero(void *memory, size_t size)
{
	memset(memory, 0, size);
	__asm__ volatile ("" : : "r" (memory) : "memory");
}
