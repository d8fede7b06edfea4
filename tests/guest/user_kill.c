/* The program kill: what is no request is refused before any signal is sent. 
 * guest-only: a wrong one would hit this machine */
#include "shell.h"

int main(void)
{
	CHECK_SHELL("/bin/kill", "usage: kill [-SIGNAL] PID...\n", 2);
	CHECK_SHELL("/bin/kill -KILL", "usage: kill [-SIGNAL] PID...\n", 2);
	CHECK_SHELL("/bin/kill -NONE 1", "usage: kill [-SIGNAL] PID...\n", 2);
	CHECK_SHELL("/bin/kill 5x", "kill: 5x: not a process number\n", 1);
	CHECK_SHELL("/bin/kill -0 99999999999", "kill: 99999999999: not a process number\n", 1);
	CHECK_SHELL("/bin/kill -0 $$", "", 0);
	PASS();
}
