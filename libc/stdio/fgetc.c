/* fgetc(3), getc(3), getchar(3), ungetc(3). */
#include "alias.h"
#include "file.h"

int fgetc(FILE *file)
{
	if (!(file->flags & FILE_READING) || file->start == file->end)
		if (!__file_fill(file))
			return EOF;
	return file->buffer[file->start++];
}

int getc(FILE *file)
{
	return fgetc(file);
}

int getchar(void)
{
	return fgetc(stdin);
}

weak_alias(getc, getc_unlocked);
weak_alias(getchar, getchar_unlocked);

int ungetc(int c, FILE *file)
{
	if (c == EOF || !__file_start_reading(file) || file->start == 0)
		return EOF;
	file->buffer[--file->start] = (unsigned char)c;
	file->flags &= ~FILE_AT_END;
	return (unsigned char)c;
}
