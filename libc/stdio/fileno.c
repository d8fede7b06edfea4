/* fileno(3). */
#include "file.h"

int fileno(FILE *file)
{
	return file->fd;
}
