/* The console as a terminal: settings, size, and reads when nobody types.
 * guest-only: the host's console is not for tests. */
#include "test.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>

static long now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void window(int fd)
{
	struct winsize size, other = { 50, 132, 1, 2 };

	CHECK_EQ(ioctl(fd, TIOCGWINSZ, &size), 0);
	CHECK_EQ(size.ws_row, 24);
	CHECK_EQ(size.ws_col, 80);
	CHECK_EQ(ioctl(fd, TIOCSWINSZ, &other), 0);
	memset(&other, 0, sizeof(other));
	CHECK_EQ(ioctl(fd, TIOCGWINSZ, &other), 0);
	CHECK(other.ws_row == 50 && other.ws_col == 132 && other.ws_xpixel == 1 &&
		other.ws_ypixel == 2);
	CHECK_EQ(ioctl(fd, TIOCSWINSZ, &size), 0);
	CHECK_ERRNO(ioctl(fd, TIOCGWINSZ, NULL), EFAULT);
}

/* With VMIN 0 a read does not wait, or only for as long as VTIME says. */
static void raw_reads(int fd, int nonblocking, const struct termios *saved)
{
	struct termios raw = *saved;
	char byte;
	long start;

	raw.c_lflag &= ~(ICANON | ECHO);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	CHECK_EQ(tcsetattr(fd, TCSAFLUSH, &raw), 0);
	CHECK_EQ(read(fd, &byte, 1), 0);
	raw.c_cc[VTIME] = 2;
	CHECK_EQ(tcsetattr(fd, TCSANOW, &raw), 0);
	start = now_ms();
	CHECK_EQ(read(fd, &byte, 1), 0);
	CHECK(now_ms() - start >= 200);
	raw.c_cc[VMIN] = 1;
	CHECK_EQ(tcsetattr(fd, TCSADRAIN, &raw), 0);
	CHECK_ERRNO(read(nonblocking, &byte, 1), EAGAIN);
}

static void queues(int fd)
{
	int count = -1;

	CHECK_EQ(ioctl(fd, TIOCOUTQ, &count), 0);
	CHECK_EQ(count, 0);
	CHECK_EQ(tcflush(fd, TCIFLUSH), 0);
	CHECK_EQ(tcflush(fd, TCOFLUSH), 0);
	CHECK_EQ(tcflush(fd, TCIOFLUSH), 0);
	CHECK_ERRNO(tcflush(fd, 3), EINVAL);
	CHECK_EQ(tcdrain(fd), 0);
}

int main(void)
{
	struct termios saved, now;
	struct stat status;
	char byte;
	int fd = open("/dev/console", O_RDWR), nonblocking, count;

	CHECK(fd >= 0);
	CHECK_EQ(isatty(fd), 1);
	CHECK_EQ(fstat(fd, &status), 0);
	CHECK_EQ(status.st_rdev, 0x501);
	CHECK_ERRNO(lseek(fd, 0, SEEK_SET), ESPIPE);
	window(fd);
	CHECK_EQ(tcgetattr(fd, &saved), 0);
	CHECK_EQ(saved.c_cc[VEOF], 4);
	nonblocking = open("/dev/console", O_RDWR | O_NONBLOCK);
	CHECK_EQ(isatty(nonblocking), 1);
	CHECK_EQ(ioctl(nonblocking, FIONREAD, &count), 0);
	CHECK_EQ(count, 0);
	CHECK_ERRNO(read(nonblocking, &byte, 1), EAGAIN);
	now = saved;
	now.c_lflag |= ICANON;
	CHECK_EQ(tcsetattr(fd, TCSANOW, &now), 0);
	CHECK_ERRNO(read(nonblocking, &byte, 1), EAGAIN);
	raw_reads(fd, nonblocking, &saved);
	queues(fd);
	CHECK_EQ(tcsetattr(fd, TCSANOW, &saved), 0);
	CHECK_EQ(tcgetattr(fd, &now), 0);
	CHECK(memcmp(&saved, &now, sizeof(now)) == 0);
	CHECK_EQ(write(fd, "", 0), 0);
	close(nonblocking);
	close(fd);
	PASS();
}
