/* fgets(3). */
#include <string.h>

#include "alias.h"
#include "file.h"

char *__fgets_unlocked(char *restrict line, int size, FILE *restrict file)
{
	size_t room = size > 0 ? (size_t)size - 1 : 0;
	char *end = line;
	bool complete = false, failed = false;

	if (size <= 0)
		return NULL;
	while (room > 0 && !complete) {
		const unsigned char *from, *newline;
		size_t part;

		if (!__file_fill(file)) {
			failed = !(file->flags & FILE_AT_END);
			break;
		}
		from = file->buffer + file->start;
		part = file->end - file->start;
		if (part > room)
			part = room;
		newline = memchr(from, '\n', part);
		if (newline) {
			part = newline + 1 - from;
			complete = true;
		}
		memcpy(end, from, part);
		file->start += part;
		end += part;
		room -= part;
	}
	if ((end == line && size > 1) || failed)
		return NULL;
	*end = 0;
	return line;
}

weak_alias(__fgets_unlocked, fgets_unlocked);

char *fgets(char *restrict line, int size, FILE *restrict file)
{
	char *result;

	file_lock(file);
	result = __fgets_unlocked(line, size, file);
	file_unlock(file);
	return result;
}
