/* The controlling terminal: who gets it, by opening it or by TIOCSCTTY, who has it, and how a session loses it.
 * own-linux: yes
 * guest-only: the host's console is not for tests. */
#include "proc_stat.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>

#define TERMINAL "/dev/ttyS0"

static int own_terminal(void)
{
	return open("/dev/tty", O_RDWR);
}

/* A process in a group of its own has none, and may not take one; nor is any other terminal's group its business. */
static void without(void)
{
	int fd = open(TERMINAL, O_RDWR), group = getpgrp();

	CHECK(fd >= 0);
	CHECK_ERRNO(own_terminal(), ENXIO);
	CHECK_ERRNO(tcgetpgrp(fd), ENOTTY);
	CHECK_ERRNO(tcgetsid(fd), ENOTTY);
	CHECK_ERRNO(ioctl(fd, TIOCNOTTY), ENOTTY);
	CHECK_ERRNO(ioctl(fd, TIOCSCTTY, 0), EPERM);
	CHECK_ERRNO(ioctl(fd, TIOCSPGRP, &group), ENOTTY);
	CHECK_ERRNO(ioctl(fd, TIOCSPGRP, NULL), EFAULT);
	group = -1;
	CHECK_ERRNO(ioctl(fd, TIOCSPGRP, &group), EINVAL);
	close(fd);
}

static void check_own(int fd)
{
	int own = own_terminal();

	CHECK(own >= 0);
	CHECK_EQ(isatty(own), 1);
	CHECK_EQ(tcgetpgrp(own), getpgrp());
	CHECK_EQ(tcgetpgrp(fd), getpgrp());
	CHECK_EQ(tcgetsid(fd), getsid(0));
	CHECK_EQ(tcsetpgrp(fd, getpgrp()), 0);
	CHECK_EQ(proc_stat(getpid()).terminal, 4 << 8 | 64);
	CHECK_EQ(proc_stat(getpid()).foreground, getpgrp());
	close(own);
}

static void check_groups(int fd)
{
	int group = -1;

	CHECK_ERRNO(ioctl(fd, TIOCSPGRP, &group), EINVAL);
	CHECK_ERRNO(ioctl(fd, TIOCSPGRP, NULL), EFAULT);
	CHECK_ERRNO(tcsetpgrp(fd, 1), EPERM);
	CHECK_ERRNO(tcsetpgrp(fd, 32767), ESRCH);
	CHECK_ERRNO(ioctl(fd, TIOCGPGRP, NULL), EFAULT);
	CHECK_EQ(tcgetpgrp(fd), getpgrp());
}

static void leave_alone(void)
{
	int fd = own_terminal();

	CHECK(fd >= 0);
	CHECK_EQ(ioctl(fd, TIOCNOTTY), 0);
	CHECK_ERRNO(own_terminal(), ENXIO);
	CHECK_ERRNO(ioctl(fd, TIOCNOTTY), ENOTTY);
	CHECK_ERRNO(tcgetpgrp(fd), ENOTTY);
	CHECK_EQ(proc_stat(getpid()).terminal, 0);
	CHECK_EQ(proc_stat(getpid()).foreground, -1);
}

static void open_in_child(void)
{
	close(own_terminal());
}

/* The leader of a session that opens a terminal gets it, but not with O_NOCTTY, nor write-only, nor the console. */
static void by_opening(void)
{
	int fd;

	CHECK(setsid() > 0);
	close(open(TERMINAL, O_RDWR | O_NOCTTY));
	CHECK_ERRNO(own_terminal(), ENXIO);
	close(open(TERMINAL, O_WRONLY));
	CHECK_ERRNO(own_terminal(), ENXIO);
	close(open("/dev/console", O_RDWR));
	CHECK_ERRNO(own_terminal(), ENXIO);
	fd = open(TERMINAL, O_RDWR);
	check_own(fd);
	check_groups(fd);
	CHECK_EQ(ioctl(fd, TIOCSCTTY, 0), 0);
	CHECK_EXIT(leave_alone, 0);
	CHECK_EXIT(open_in_child, 0);
	check_own(fd);
}

static void steal_gently(void)
{
	int fd = open(TERMINAL, O_RDWR | O_NOCTTY);

	CHECK(setsid() > 0);
	CHECK_ERRNO(ioctl(fd, TIOCSCTTY, 0), EPERM);
	CHECK_EQ(ioctl(fd, TIOCSCTTY, 1), 0);
	check_own(fd);
}

static void by_ioctl(void)
{
	int fd = open("/dev/console", O_RDWR);

	CHECK(setsid() > 0);
	CHECK_EQ(ioctl(fd, TIOCSCTTY, 0), 0);
	check_own(fd);
	CHECK_EXIT(steal_gently, 0);
	CHECK_ERRNO(own_terminal(), ENXIO);
	CHECK_EQ(ioctl(fd, TIOCSCTTY, 0), 0);
	CHECK(setpgid(0, 0) == -1);
}

static void no_leader(void)
{
	int fd = open(TERMINAL, O_RDWR);

	CHECK_EQ(setpgid(0, 0), 0);
	CHECK_ERRNO(ioctl(fd, TIOCSCTTY, 0), EPERM);
	CHECK_ERRNO(own_terminal(), ENXIO);
}

int main(void)
{
	CHECK_EXIT(without, 0);
	CHECK_EXIT(by_opening, 0);
	/* Its session is gone, and the terminal free again. */
	CHECK_EXIT(by_opening, 0);
	CHECK_EXIT(by_ioctl, 0);
	CHECK_EXIT(no_leader, 0);
	PASS();
}
