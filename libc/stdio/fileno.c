/* fileno(3). */
#include "alias.h"
#include "file.h"

int fileno(FILE *file)
{
	return file->fd;
}

weak_alias(fileno, fileno_unlocked);
