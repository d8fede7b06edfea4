/* strstr(3). */
#include <string.h>

#include "search.h"

char *strstr(const char *text, const char *part)
{
	struct haystack haystack = { .growing = true };
	const char *start;

	if (!part[0])
		return (char *)text;
	start = strchr(text, part[0]);
	if (!start || !part[1])
		return (char *)start;
	haystack.bytes = (const unsigned char *)start;
	return __search(&haystack, (const unsigned char *)part, strlen(part));
}
