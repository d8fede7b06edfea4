/* tcgetattr(3), tcsetattr(3), tcdrain(3), cfmakeraw(3). */
#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "syscall.h"

int tcgetattr(int fd, struct termios *terminal)
{
	return __ioctl(fd, TCGETS, terminal);
}

int tcsetattr(int fd, int when, const struct termios *terminal)
{
	if (when < TCSANOW || when > TCSAFLUSH) {
		errno = EINVAL;
		return -1;
	}
	return __ioctl(fd, TCSETS + (unsigned)when, terminal);
}

void cfmakeraw(struct termios *terminal)
{
	terminal->c_iflag &= ~(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
	terminal->c_oflag &= ~OPOST;
	terminal->c_lflag &= ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	terminal->c_cflag = (terminal->c_cflag & ~(CSIZE | PARENB)) | CS8;
	terminal->c_cc[VMIN] = 1;
	terminal->c_cc[VTIME] = 0;
}

/* The break that the call is named for is sent only if its argument is 0; with 1 it just waits. */
int tcdrain(int fd)
{
	return __ioctl(fd, TCSBRK, 1);
}
