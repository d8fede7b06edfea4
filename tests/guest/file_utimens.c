/* utimensat(2) and its kind: times set, left alone, or now. */
#include "scratch.h"

#include <sys/time.h>
#include <time.h>
#include <utime.h>

static void check_times(const char *name, long atime, long atime_ns, long mtime, long mtime_ns)
{
	struct stat status = status_of(name);

	CHECK_EQ(status.st_atim.tv_sec, atime);
	CHECK_EQ(status.st_atim.tv_nsec, atime_ns);
	CHECK_EQ(status.st_mtim.tv_sec, mtime);
	CHECK_EQ(status.st_mtim.tv_nsec, mtime_ns);
}

int main(void)
{
	struct timespec times[2] = { { 1000, 1 }, { 2000, 2 } };
	struct timeval micro[2] = { { 10, 11 }, { 12, 13 } };
	struct timeval bad[2] = { { 10, 0 }, { 12, 1000000 } };
	struct utimbuf seconds = { 7, 8 };

	scratch_enter();
	make_file("f", "x");
	time_t now = time(NULL);
	CHECK_EQ(utimensat(AT_FDCWD, "f", times, 0), 0);
	check_times("f", 1000, 1, 2000, 2);
	CHECK(status_of("f").st_ctim.tv_sec >= now - 1);
	times[0].tv_nsec = UTIME_OMIT;
	times[1] = (struct timespec){ 3000, 999999999 };
	CHECK_EQ(utimensat(AT_FDCWD, "f", times, 0), 0);
	check_times("f", 1000, 1, 3000, 999999999);
	times[1].tv_nsec = UTIME_NOW;
	int fd = open("f", O_RDONLY);
	CHECK_EQ(futimens(fd, times), 0);
	CHECK_EQ(status_of("f").st_atim.tv_sec, 1000);
	CHECK(status_of("f").st_mtim.tv_sec >= now - 1);
	CHECK_EQ(futimens(fd, NULL), 0);
	CHECK(status_of("f").st_atim.tv_sec >= now - 1);
	close(fd);
	CHECK_EQ(utimes("f", micro), 0);
	check_times("f", 10, 11000, 12, 13000);
	CHECK_ERRNO(utimes("f", bad), EINVAL);
	CHECK_EQ(utime("f", &seconds), 0);
	check_times("f", 7, 0, 8, 0);
	CHECK_EQ(symlink("f", "l"), 0);
	times[0] = times[1] = (struct timespec){ 55, 0 };
	CHECK_EQ(utimensat(AT_FDCWD, "l", times, AT_SYMLINK_NOFOLLOW), 0);
	CHECK_EQ(status_of("l").st_mtim.tv_sec, 55);
	check_times("f", 7, 0, 8, 0);
	times[0].tv_nsec = 1000000000;
	CHECK_ERRNO(utimensat(AT_FDCWD, "f", times, 0), EINVAL);
	CHECK_ERRNO(utimensat(AT_FDCWD, "missing", times, 0), ENOENT);
	CHECK_ERRNO(utimensat(AT_FDCWD, "f", times, 0x10000), EINVAL);
	times[0].tv_nsec = times[1].tv_nsec = UTIME_OMIT;
	CHECK_EQ(utimensat(AT_FDCWD, "missing", times, 0), 0);	/* nothing to do: nothing is looked at */
	CHECK_ERRNO(futimens(99, NULL), EBADF);
	CHECK_EQ(unlink("f") | unlink("l"), 0);
	scratch_leave();
	PASS();
}
