/* strchr(3), strchrnul(3), strrchr(3). */
#include <string.h>

#include "alias.h"
#include "names.h"
#include "word.h"

WORD_READER char *__strchrnul(const char *text, int c)
{
	uint64_t pattern = (unsigned char)c * WORD_ONES;
	const char *p = text;
	uint64_t word, found;

	for (; !word_is_aligned(p); p++)
		if (!*p || *p == (char)c)
			return (char *)p;
	for (;; p += WORD_SIZE) {
		word = *(const aligned_word *)p;
		found = word_zero_bytes(word) | word_zero_bytes(word ^ pattern);
		if (found)
			return (char *)p + __builtin_ctzl(found) / 8;
	}
}

weak_alias(__strchrnul, strchrnul);

char *strchr(const char *text, int c)
{
	char *found = __strchrnul(text, c);

	return *found == (char)c ? found : NULL;
}

char *strrchr(const char *text, int c)
{
	return __memrchr(text, c, strlen(text) + 1);
}

