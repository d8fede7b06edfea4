/* getcwd(3). */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "syscall.h"

/* The kernel gives the length with its NUL. Without a buffer the path is put into memory from
 * malloc. */
char *getcwd(char *buffer, size_t size)
{
	char path[PATH_MAX];
	long length;

	if (!buffer) {
		length = syscall_return(syscall2(SYS_getcwd, (long)path, sizeof(path)));
		if (length < 0)
			return NULL;
		buffer = malloc(size > (size_t)length ? size : (size_t)length);
		return buffer ? memcpy(buffer, path, length) : NULL;
	}
	if (size == 0) {
		errno = EINVAL;
		return NULL;
	}
	return syscall_return(syscall2(SYS_getcwd, (long)buffer, size)) < 0 ? NULL : buffer;
}
