/* isatty(3): whoever has a window size is a terminal; anything else answers ENOTTY. */
#include <sys/ioctl.h>
#include <unistd.h>

#include "alias.h"
#include "names.h"
#include "syscall.h"

int __isatty(int fd)
{
	struct winsize size;

	return __ioctl(fd, TIOCGWINSZ, &size) == 0;
}

weak_alias(__isatty, isatty);
