/* The program kill: what is no request is refused before any signal is sent; its words are those of the shell's own.
 * guest-only: a wrong one would hit this machine */
#include "shell.h"

#define USAGE "usage: kill [-SIGNAL | -s SIGNAL] PID... | -l [NUMBER]...\n"

int main(void)
{
	CHECK_SHELL("/bin/kill", USAGE, 2);
	CHECK_SHELL("/bin/kill -KILL", USAGE, 2);
	CHECK_SHELL("/bin/kill -NONE 1", USAGE, 2);
	CHECK_SHELL("/bin/kill -s", USAGE, 2);
	CHECK_SHELL("/bin/kill -s NONE 1", USAGE, 2);
	CHECK_SHELL("/bin/kill -s KILL", USAGE, 2);
	CHECK_SHELL("/bin/kill 5x", "kill: 5x: not a process number\n", 1);
	CHECK_SHELL("/bin/kill -0 99999999999", "kill: 99999999999: not a process number\n", 1);
	CHECK_SHELL("/bin/kill -0 $$", "", 0);
	CHECK_SHELL("/bin/kill -s 0 -- $$", "", 0);
	CHECK_SHELL("sleep 100 & /bin/kill -s SIGKILL $!; wait $!; /bin/kill -l $?; /bin/kill -l 1 15; /bin/kill -l TERM",
		    "KILL\nHUP\nTERM\nkill: TERM: no such signal\n", 1);
	CHECK_SHELL("[ \"$(/bin/kill -l)\" = \"$(kill -l)\" ]; echo $?", "0\n", 0);
	PASS();
}
