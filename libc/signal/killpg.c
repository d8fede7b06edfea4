/* killpg(3). */
#include <errno.h>
#include <signal.h>

#include "syscall.h"

int killpg(pid_t group, int signal)
{
	if (group < 0) {
		errno = EINVAL;
		return -1;
	}
	return __kill(-group, signal);
}
