/* The program calls: ends as its command did, and has counted meanwhile. With it the other programs that are only for SynOS:
 * their options, their status, and output that cannot be written. guest-only: ai_query, and what poweroff does */
#include "shell.h"

int main(void)
{
	CHECK_SHELL("calls | { read x; echo $x; }", "calls errors call\n", 0);
	CHECK_SHELL("calls >/dev/null; echo $?; calls true >/dev/null; echo $?", "0\n0\n", 0);
	CHECK_SHELL("calls sh -c 'echo x; exit 7' | { read x; echo $x; read x; echo $x; }", "x\ncalls errors call\n", 0);
	CHECK_SHELL("calls sh -c 'exit 7' >/dev/null; echo $?", "7\n", 0);
	CHECK_SHELL("calls sh -c 'kill -TERM $$' >/dev/null; echo $?", "143\n", 0);
	CHECK_SHELL("calls nosuchcommand >/dev/null; echo $?",
		    "calls: nosuchcommand: No such file or directory\n127\n", 0);
	CHECK_SHELL("calls /dev >/dev/null; echo $?", "calls: /dev: Permission denied\n126\n", 0);
	CHECK_SHELL("calls -- sh -c 'exit 7' >/dev/null; echo $?", "7\n", 0);
	CHECK_SHELL("for i in calls dmesg meminfo poweroff; do $i -Z; echo $?; done 2>&1",
		    "calls: invalid option -- 'Z'\n2\ndmesg: invalid option -- 'Z'\n2\n"
		    "meminfo: invalid option -- 'Z'\n2\npoweroff: invalid option -- 'Z'\n2\n", 0);
	CHECK_SHELL("dmesg -- >/dev/null && meminfo -- >/dev/null; echo $?; meminfo x", "0\nusage: meminfo\n", 2);
	CHECK_SHELL("for i in calls dmesg meminfo; do $i >/dev/full; echo $?; done 2>&1",
		    "calls: standard output: No space left on device\n1\n"
		    "dmesg: standard output: No space left on device\n1\n"
		    "meminfo: standard output: No space left on device\n1\n", 0);
	CHECK_SHELL("strace -- true 2>/dev/null; echo $?; strace /nowhere; echo $?; strace /bin; echo $?",
		    "0\nstrace: /nowhere: No such file or directory\n127\nstrace: /bin: Permission denied\n126\n", 0);
	PASS();
}
