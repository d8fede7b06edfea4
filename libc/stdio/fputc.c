/* fputc(3), putc(3), putchar(3). */
#include "alias.h"
#include "file.h"

int fputc(int c, FILE *file)
{
	unsigned char byte = (unsigned char)c;

	if ((file->flags & FILE_WRITING) && file->buffering == _IOFBF && file->end < file->size) {
		file->buffer[file->end++] = byte;
		return byte;
	}
	return __file_write(file, &byte, 1) == 1 ? byte : EOF;
}

int putc(int c, FILE *file)
{
	return fputc(c, file);
}

int putchar(int c)
{
	return fputc(c, stdout);
}

weak_alias(putc, putc_unlocked);
weak_alias(putchar, putchar_unlocked);
