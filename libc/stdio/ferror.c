/* ferror(3), feof(3), clearerr(3). */
#include "file.h"

int ferror(FILE *file)
{
	return (file->flags & FILE_FAILED) != 0;
}

int feof(FILE *file)
{
	return (file->flags & FILE_AT_END) != 0;
}

void clearerr(FILE *file)
{
	file->flags &= ~(FILE_FAILED | FILE_AT_END);
}
