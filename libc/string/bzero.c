/* bzero(3). */
#include <string.h>

void bzero(void *memory, size_t size)
{
	memset(memory, 0, size);
}
