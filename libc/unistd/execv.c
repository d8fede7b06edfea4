/* execv(3). */
#include <unistd.h>

#include "names.h"
#include "syscall.h"

int execv(const char *path, char *const argv[])
{
	return __execve(path, argv, __environ);
}
