/* raise(3). */
#include <signal.h>

#include "syscall.h"

int raise(int signal)
{
	return __tgkill(__getpid(), (pid_t)syscall0(SYS_gettid), signal);
}
