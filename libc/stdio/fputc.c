/* fputc(3), putc(3), putchar(3). */
#include "alias.h"
#include "file.h"

int __fputc_unlocked(int c, FILE *file)
{
	unsigned char byte = (unsigned char)c;

	if ((file->flags & FILE_WRITING) && file->buffering == _IOFBF && file->end < file->size) {
		file->buffer[file->end++] = byte;
		return byte;
	}
	return __file_write(file, &byte, 1) == 1 ? byte : EOF;
}

weak_alias(__fputc_unlocked, fputc_unlocked);
weak_alias(__fputc_unlocked, putc_unlocked);

int __putchar_unlocked(int c)
{
	return __fputc_unlocked(c, stdout);
}

weak_alias(__putchar_unlocked, putchar_unlocked);

int fputc(int c, FILE *file)
{
	int result;

	file_lock(file);
	result = __fputc_unlocked(c, file);
	file_unlock(file);
	return result;
}

int putc(int c, FILE *file)
{
	return fputc(c, file);
}

int putchar(int c)
{
	return fputc(c, stdout);
}
