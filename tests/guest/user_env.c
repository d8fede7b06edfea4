/* The program env: with a command, and with none. */
#include "shell.h"

int main(void)
{
	CHECK_SHELL("env -i A=1 B=2", "A=1\nB=2\n", 0);
	CHECK_SHELL("env -i A=1 /bin/sh -c 'echo $A; exit 3'", "1\n", 3);
	CHECK_SHELL("A=old; export A; env A=new sh -c 'echo $A'; echo $A", "new\nold\n", 0);
	CHECK_SHELL("env -i", "", 0);
	CHECK_SHELL("env /nowhere 2>/dev/null", "", 127);
	CHECK_SHELL("env / 2>/dev/null", "", 126);
	PASS();
}
