/* statvfs(3), fstatvfs(3): statfs(2) in the words of POSIX. */
#include <sys/statfs.h>
#include <sys/statvfs.h>

#include "syscall.h"

#define ST_VALID	0x20	/* the kernel's word that f_flags means something */

static int convert(long result, const struct statfs *from, struct statvfs *to)
{
	if (result < 0)
		return (int)syscall_return(result);
	*to = (struct statvfs){
		.f_bsize = from->f_bsize,
		.f_frsize = from->f_frsize,
		.f_blocks = from->f_blocks,
		.f_bfree = from->f_bfree,
		.f_bavail = from->f_bavail,
		.f_files = from->f_files,
		.f_ffree = from->f_ffree,
		.f_favail = from->f_ffree,
		.f_fsid = (unsigned)from->f_fsid.__val[0],
		.f_flag = from->f_flags & ~ST_VALID,
		.f_namemax = from->f_namelen,
	};
	return 0;
}

int statvfs(const char *restrict path, struct statvfs *restrict status)
{
	struct statfs from;

	return convert(syscall2(SYS_statfs, (long)path, (long)&from), &from, status);
}

int fstatvfs(int fd, struct statvfs *status)
{
	struct statfs from;

	return convert(syscall2(SYS_fstatfs, fd, (long)&from), &from, status);
}
