/* ferror(3), feof(3), clearerr(3). */
#include "alias.h"
#include "file.h"

int __ferror_unlocked(FILE *file)
{
	return (file->flags & FILE_FAILED) != 0;
}

int __feof_unlocked(FILE *file)
{
	return (file->flags & FILE_AT_END) != 0;
}

void __clearerr_unlocked(FILE *file)
{
	file->flags &= ~(FILE_FAILED | FILE_AT_END);
}

weak_alias(__ferror_unlocked, ferror_unlocked);
weak_alias(__feof_unlocked, feof_unlocked);
weak_alias(__clearerr_unlocked, clearerr_unlocked);

int ferror(FILE *file)
{
	int result;

	file_lock(file);
	result = __ferror_unlocked(file);
	file_unlock(file);
	return result;
}

int feof(FILE *file)
{
	int result;

	file_lock(file);
	result = __feof_unlocked(file);
	file_unlock(file);
	return result;
}

void clearerr(FILE *file)
{
	file_lock(file);
	__clearerr_unlocked(file);
	file_unlock(file);
}
