/* statfs(2), statvfs(3): what can be said of any file system; and the room that a file takes. */
#include "scratch.h"

#include <sys/statvfs.h>
#include <sys/vfs.h>

int main(void)
{
	struct statfs status, other;
	struct statvfs posix;
	fsblkcnt_t blocks;
	fsfilcnt_t files;
	int ends[2];

	CHECK_EQ(statfs("/tmp", &status), 0);
	CHECK(status.f_bsize >= 512 && status.f_blocks > 0);
	CHECK(status.f_bavail <= status.f_bfree && status.f_bfree <= status.f_blocks);
	CHECK_EQ(status.f_namelen, 255);
	CHECK_EQ(statvfs("/tmp", &posix), 0);
	blocks = posix.f_blocks;
	files = posix.f_files;
	CHECK_EQ(blocks, status.f_blocks);
	CHECK_EQ(files, status.f_files);
	CHECK_EQ(posix.f_namemax, 255);
	CHECK_EQ(statfs("/proc", &status), 0);
	CHECK_EQ(status.f_type, 0x9fa0);
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(fstatfs(ends[0], &other), 0);
	CHECK_EQ(other.f_type, 0x50495045);
	CHECK_ERRNO(fstatfs(99, &other), EBADF);
	CHECK_ERRNO(statfs("/tmp/missing/x", &other), ENOENT);
	CHECK_ERRNO(statfs("/tmp", (struct statfs *)16), EFAULT);
	PASS();
}
