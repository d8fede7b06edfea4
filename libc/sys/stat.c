/* fstatat(2), lstat(2). */
#include <fcntl.h>
#include <sys/stat.h>

#include "syscall.h"

int fstatat(int directory, const char *restrict path, struct stat *restrict status, int flags)
{
	return (int)syscall_return(
		syscall4(SYS_newfstatat, directory, (long)path, (long)status, flags));
}

int lstat(const char *restrict path, struct stat *restrict status)
{
	return fstatat(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}
