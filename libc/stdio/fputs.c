/* fputs(3), puts(3). */
#include <string.h>

#include "file.h"

int fputs(const char *restrict text, FILE *restrict file)
{
	size_t length = strlen(text);

	return __file_write(file, text, length) == length ? 0 : EOF;
}

int puts(const char *text)
{
	return fputs(text, stdout) == EOF || fputc('\n', stdout) == EOF ? EOF : 0;
}
