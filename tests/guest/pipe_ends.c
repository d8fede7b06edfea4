/* pipe(7): two ends, end of file, and nobody to read. */
#include "test.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

static void write_without_reader(void)
{
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	close(ends[0]);
	write(ends[1], "x", 1);
}

/* Its reader goes away while it waits for room. */
static void lose_reader(void)
{
	static char data[200000];
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	if (fork() == 0) {
		close(ends[1]);
		CHECK_EQ(read(ends[0], data, 1), 1);
		usleep(20000);
		_exit(0);
	}
	close(ends[0]);
	/* The part that went in is the answer; the next write has nobody at all. */
	CHECK(write(ends[1], data, sizeof(data)) > 0);
	write(ends[1], data, 1);
}

int main(void)
{
	char buffer[16];
	struct stat status;
	int ends[2], count, nothing = 0;

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(fstat(ends[0], &status), 0);
	CHECK_EQ(status.st_mode & S_IFMT, S_IFIFO);
	CHECK_ERRNO(write(ends[0], "x", 1), EBADF);
	CHECK_ERRNO(read(ends[1], buffer, 1), EBADF);
	CHECK_EQ(write(ends[1], &nothing, 0), 0);
	CHECK_EQ(write(ends[1], "hello", 5), 5);
	CHECK_EQ(ioctl(ends[0], FIONREAD, &count), 0);
	CHECK_EQ(count, 5);
	CHECK_EQ(read(ends[0], buffer, 0), 0);
	CHECK_EQ(read(ends[0], buffer, 2), 2);
	CHECK_EQ(write(ends[1], "!", 1), 1);
	CHECK_EQ(read(ends[0], buffer, sizeof(buffer)), 4); /* what is there, not what was asked */
	CHECK(memcmp(buffer, "llo!", 4) == 0);
	CHECK_EQ(write(ends[1], "last", 4), 4);
	close(ends[1]);
	CHECK_EQ(read(ends[0], buffer, sizeof(buffer)), 4);
	CHECK_EQ(read(ends[0], buffer, sizeof(buffer)), 0);
	CHECK_EQ(read(ends[0], buffer, sizeof(buffer)), 0);
	close(ends[0]);
	CHECK_SIGNAL(write_without_reader, SIGPIPE);
	CHECK_SIGNAL(lose_reader, SIGPIPE);
	PASS();
}
