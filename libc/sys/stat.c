/* fstatat(2), and what is asked or set by way of other calls: fchmodat(3), futimens(3), mkfifo(3). */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "syscall.h"

int fstatat(int directory, const char *restrict path, struct stat *restrict status, int flags)
{
	return (int)syscall_return(
		syscall4(SYS_newfstatat, directory, (long)path, (long)status, flags));
}

/* The kernel's call knows no flags; no link has rights that count. */
int fchmodat(int directory, const char *path, mode_t mode, int flags)
{
	if (flags)
		return (int)syscall_return(-(flags == AT_SYMLINK_NOFOLLOW ? EOPNOTSUPP : EINVAL));
	return (int)syscall_return(syscall3(SYS_fchmodat, directory, (long)path, mode));
}

int futimens(int fd, const struct timespec times[2])
{
	return (int)syscall_return(syscall4(SYS_utimensat, fd, 0, (long)times, 0));
}

int mkfifoat(int directory, const char *path, mode_t mode)
{
	return (int)syscall_return(
		syscall4(SYS_mknodat, directory, (long)path, (mode & ~S_IFMT) | S_IFIFO, 0));
}

int mkfifo(const char *path, mode_t mode)
{
	return mkfifoat(AT_FDCWD, path, mode);
}
