/* memrchr(3). */
#include <string.h>

#include "alias.h"
#include "names.h"

void *__memrchr(const void *memory, int c, size_t size)
{
	const unsigned char *p = memory;

	while (size-- > 0)
		if (p[size] == (unsigned char)c)
			return (void *)(p + size);
	return NULL;
}

weak_alias(__memrchr, memrchr);
