/* fgetc(3), getc(3), getchar(3), ungetc(3). */
#include "alias.h"
#include "file.h"

int __fgetc_unlocked(FILE *file)
{
	if (!(file->flags & FILE_READING) || file->start == file->end)
		if (!__file_fill(file))
			return EOF;
	return file->buffer[file->start++];
}

weak_alias(__fgetc_unlocked, fgetc_unlocked);
weak_alias(__fgetc_unlocked, getc_unlocked);

int __getchar_unlocked(void)
{
	return __fgetc_unlocked(stdin);
}

weak_alias(__getchar_unlocked, getchar_unlocked);

int fgetc(FILE *file)
{
	int c;

	file_lock(file);
	c = __fgetc_unlocked(file);
	file_unlock(file);
	return c;
}

int getc(FILE *file)
{
	return fgetc(file);
}

int getchar(void)
{
	return fgetc(stdin);
}

int __ungetc_unlocked(int c, FILE *file)
{
	if (c == EOF || !__file_start_reading(file) || file->start == 0)
		return EOF;
	file->buffer[--file->start] = (unsigned char)c;
	file->flags &= ~FILE_AT_END;
	return (unsigned char)c;
}

int ungetc(int c, FILE *file)
{
	int result;

	file_lock(file);
	result = __ungetc_unlocked(c, file);
	file_unlock(file);
	return result;
}
