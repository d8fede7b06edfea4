/* getline(3), getdelim(3). */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "alias.h"
#include "file.h"

#define FIRST_SIZE 128

/* Makes room for the given number of bytes; false if there is no memory. */
static bool grow(char **line, size_t *size, size_t needed)
{
	size_t larger = *size < FIRST_SIZE ? FIRST_SIZE : *size;
	char *moved;

	if (*line && needed <= *size)
		return true;
	while (larger < needed)
		larger *= 2;
	moved = realloc(*line, larger);
	if (!moved)
		return false;
	*line = moved;
	*size = larger;
	return true;
}

static ssize_t read_line(char **line, size_t *size, int delimiter, FILE *file)
{
	const unsigned char *found = NULL;
	size_t length = 0;

	if (!*line)
		*size = 0;
	while (!found && __file_fill(file)) {
		const unsigned char *from = file->buffer + file->start;
		size_t part = file->end - file->start;

		found = memchr(from, delimiter, part);
		if (found)
			part = found + 1 - from;
		if (!grow(line, size, length + part + 1))
			return -1;
		memcpy(*line + length, from, part);
		file->start += part;
		length += part;
	}
	if (length == 0 || (!found && !(file->flags & FILE_AT_END)))
		return -1;
	(*line)[length] = 0;
	return (ssize_t)length;
}

ssize_t __getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict file)
{
	ssize_t length;

	if (!line || !size) {
		errno = EINVAL;
		return -1;
	}
	file_lock(file);
	length = read_line(line, size, delimiter, file);
	file_unlock(file);
	return length;
}

weak_alias(__getdelim, getdelim);

ssize_t __getline(char **restrict line, size_t *restrict size, FILE *restrict file)
{
	return __getdelim(line, size, '\n', file);
}

weak_alias(__getline, getline);
