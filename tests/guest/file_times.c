/* The times of a file follow its changes. */
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

static long mtime_ns(const char *path)
{
	struct stat status;

	CHECK_EQ(stat(path, &status), 0);
	return status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
}

static long now_ns(void)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(CLOCK_REALTIME, &time), 0);
	return time.tv_sec * 1000000000 + time.tv_nsec;
}

static void pause_ms(int ms)
{
	struct timespec time = { 0, ms * 1000000 };

	nanosleep(&time, NULL);
}

int main(void)
{
	char directory[256], file[300];
	long made, written, listed, before, after;
	char byte;
	int fd;

	strcpy(directory, scratch_path("times"));
	snprintf(file, sizeof(file), "%s/file", directory);
	CHECK_EQ(mkdir(directory, 0700), 0);
	listed = mtime_ns(directory);
	pause_ms(20);
	before = now_ns() - 10000000;	/* as fine as the clock of files */
	fd = open(file, O_CREAT | O_EXCL | O_RDWR, 0600);
	after = now_ns();
	made = mtime_ns(file);
	CHECK(mtime_ns(directory) > listed);
	listed = mtime_ns(directory);
	CHECK(made >= before && made <= after && listed >= before && listed <= after);
	pause_ms(20);
	CHECK_EQ(write(fd, "x", 1), 1);
	written = mtime_ns(file);
	CHECK(written > made);
	CHECK_EQ(mtime_ns(directory), listed);
	pause_ms(20);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, &byte, 1), 1);
	CHECK_EQ(mtime_ns(file), written);
	close(open(file, O_WRONLY | O_TRUNC));
	CHECK(mtime_ns(file) > written);
	close(fd);
	CHECK_EQ(unlink(file), 0);
	CHECK(mtime_ns(directory) > listed);
	CHECK_EQ(rmdir(directory), 0);
	PASS();
}
