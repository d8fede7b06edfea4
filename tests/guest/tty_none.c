/* What is no terminal says so (ENOTTY), and keeps working. */
#include "test.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>

static void check_none(int fd)
{
	struct termios settings;
	struct winsize size;

	CHECK(fd >= 0);
	CHECK_EQ(isatty(fd), 0);
	CHECK_EQ(errno, ENOTTY);
	CHECK_ERRNO(ioctl(fd, TIOCGWINSZ, &size), ENOTTY);
	CHECK_ERRNO(tcgetattr(fd, &settings), ENOTTY);
	CHECK_ERRNO(ioctl(fd, 0x12345678, 0), ENOTTY);
}

int main(void)
{
	const char *path = scratch_path("tty");
	int ends[2], fd = open(path, O_CREAT | O_EXCL | O_RDWR, 0600), count = -1;

	check_none(fd);
	CHECK_EQ(write(fd, "12345", 5), 5);
	CHECK_EQ(lseek(fd, 2, SEEK_SET), 2);
	CHECK_EQ(ioctl(fd, FIONREAD, &count), 0);
	CHECK_EQ(count, 3);
	close(fd);
	CHECK_EQ(unlink(path), 0);
	CHECK_EQ(pipe(ends), 0);
	check_none(ends[0]);
	check_none(ends[1]);
	close(ends[0]);
	close(ends[1]);
	fd = open("/dev/null", O_RDWR);
	check_none(fd);
	close(fd);
	fd = open("/tmp", O_RDONLY);
	check_none(fd);
	close(fd);
	CHECK_EQ(isatty(-1), 0);
	CHECK_EQ(errno, EBADF);
	PASS();
}
