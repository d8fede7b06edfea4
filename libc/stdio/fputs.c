/* fputs(3), puts(3). */
#include <string.h>

#include "alias.h"
#include "file.h"

int __fputs_unlocked(const char *restrict text, FILE *restrict file)
{
	size_t length = strlen(text);

	return __file_write(file, text, length) == length ? 0 : EOF;
}

weak_alias(__fputs_unlocked, fputs_unlocked);

int fputs(const char *restrict text, FILE *restrict file)
{
	int result;

	file_lock(file);
	result = __fputs_unlocked(text, file);
	file_unlock(file);
	return result;
}

int puts(const char *text)
{
	int result;

	file_lock(stdout);
	result = __fputs_unlocked(text, stdout);
	if (result == 0 && __fputc_unlocked('\n', stdout) == EOF)
		result = EOF;
	file_unlock(stdout);
	return result;
}
