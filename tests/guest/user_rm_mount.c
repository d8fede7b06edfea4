/* The program rm where a file system is mounted: the directory cannot be removed, but what is in it is tried.
 * guest-only: what it may not remove here it might there */
#include "shell.h"

int main(void)
{
	CHECK_SHELL("rm -r /proc 2>&1 | { while read -r line; do"
		    " case $line in 'rm: uptime: '*) echo in it;; 'rm: /proc: '*) echo \"$line\";; esac; done; }",
		    "in it\nrm: /proc: Device or resource busy\n", 0);
	CHECK_SHELL("rm /proc; echo $?; [ -e /proc/uptime ] && echo on", "rm: /proc: Is a directory\n1\non\n", 0);
	PASS();
}
