/* strlen(3), strnlen(3). */
#include <string.h>

#include "alias.h"
#include "names.h"
#include "word.h"

WORD_READER size_t strlen(const char *text)
{
	const char *p = text;
	uint64_t found;

	for (; !word_is_aligned(p); p++)
		if (!*p)
			return p - text;
	while (!(found = word_zero_bytes(*(const aligned_word *)p)))
		p += WORD_SIZE;
	return p - text + __builtin_ctzl(found) / 8;
}

size_t __strnlen(const char *text, size_t size)
{
	const char *end = memchr(text, 0, size);

	return end ? (size_t)(end - text) : size;
}

weak_alias(__strnlen, strnlen);
