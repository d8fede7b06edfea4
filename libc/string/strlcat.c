/* strlcat(3): terminated if the target was, and the result tells what size would have been
 * needed. */
#include <string.h>

size_t strlcat(char *restrict to, const char *restrict from, size_t size)
{
	size_t length = strnlen(to, size);

	return length + strlcpy(to + length, from, size - length);
}
