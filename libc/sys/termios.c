/* tcgetattr(3), tcsetattr(3), tcdrain(3), tcflush(3), cfmakeraw(3), tcgetpgrp(3), tcgetsid(3), ctermid(3). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "cancel.h"

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
	return (int)syscall_return(cancel_call6(SYS_ioctl, fd, TCSBRK, 1, 0, 0, 0));
}

int tcflush(int fd, int which)
{
	return __ioctl(fd, TCFLSH, which);
}

pid_t tcgetpgrp(int fd)
{
	pid_t group;

	return __ioctl(fd, TIOCGPGRP, &group) < 0 ? -1 : group;
}

int tcsetpgrp(int fd, pid_t group)
{
	return __ioctl(fd, TIOCSPGRP, &group);
}

pid_t tcgetsid(int fd)
{
	pid_t session;

	return __ioctl(fd, TIOCGSID, &session) < 0 ? -1 : session;
}

char *ctermid(char *path)
{
	static char own[L_ctermid];

	return strcpy(path ? path : own, "/dev/tty");
}
