/* creat(2). */
#include <fcntl.h>

#include "syscall.h"

int creat(const char *path, mode_t mode)
{
	return __open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
