/* remove(3). */
#include <errno.h>
#include <stdio.h>

#include "syscall.h"

int remove(const char *path)
{
	if (__unlink(path) == 0)
		return 0;
	return errno == EISDIR ? __rmdir(path) : -1;
}
