/* The search under memmem, strstr and strcasestr: the two-way algorithm of Crochemore and Perrin
 * ("Two-way string-matching", 1991), which takes linear time and constant memory whatever the strings
 * are. */
#ifndef STRING_SEARCH_H
#define STRING_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

/* The memory that is searched, of which the first size bytes are known to be there. If it is a
 * string whose end has not been seen, growing is true, and the search asks strnlen for more when it
 * gets there: it never reads the rest of a long string behind an early match. */
struct haystack {
	const unsigned char *bytes;
	size_t size;
	bool growing;
	bool any_case;	/* capital letters are as good as small ones */
};

/* A byte, as a small letter if it is a capital one and any case is as good. */
static inline unsigned char search_fold(unsigned char c, bool any_case)
{
	return any_case && c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

/* The first place where the part (of at least one byte) occurs, or NULL. */
void *__search(struct haystack *haystack, const unsigned char *part, size_t part_size);

#endif
