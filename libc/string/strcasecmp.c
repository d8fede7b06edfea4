/* strcasecmp(3), strncasecmp(3), strcasestr(3). */
#include <stdint.h>
#include <string.h>

#include "search.h"

int strncasecmp(const char *left, const char *right, size_t size)
{
	for (; size > 0; size--, left++, right++) {
		int l = search_fold(*left, true), r = search_fold(*right, true);

		if (!l || l != r)
			return l - r;
	}
	return 0;
}

int strcasecmp(const char *left, const char *right)
{
	return strncasecmp(left, right, SIZE_MAX);
}

char *strcasestr(const char *text, const char *part)
{
	struct haystack haystack = {
		.bytes = (const unsigned char *)text,
		.growing = true,
		.any_case = true,
	};

	if (!part[0])
		return (char *)text;
	return __search(&haystack, (const unsigned char *)part, strlen(part));
}
