/* The options of all programs: "--" ends them, and one that a program does not have is an error, no name. */
#include "scratch.h"
#include "shell.h"

int main(void)
{
	shell_use_ours();
	scratch_enter();
	CHECK_SHELL("echo text >-a; cp -- -a -b; cat -- -b; mv -- -b -c; ln -- -c -d; ln -s -- -c -e; ls",
		"text\n-a\n-c\n-d\n-e\n", 0);
	CHECK_SHELL("mkdir -- -f; cp -- -a -c -f; mv -- -d -e -f; ls -- -f; rm -r -- -f; touch -- -g; ls",
		"-a\n-c\n-d\n-e\n-a\n-c\n-g\n", 0);
	CHECK_SHELL("sleep -- 0; wc -l -- <-a; [ \"$(uname --)\" = \"$(uname)\" ]; env -i -- A=1", "1\nA=1\n", 0);
	CHECK_SHELL("cat -u -- - <-a; heapdemo -- 1 >/dev/null; echo $?", "text\n0\n", 0);

	CHECK_SHELL("for i in cat ls mkdir touch rm sleep wc; do $i -Z x; echo $?; done </dev/null 2>&1",
		"cat: invalid option -- 'Z'\n2\nls: invalid option -- 'Z'\n2\nmkdir: invalid option -- 'Z'\n2\n"
		"touch: invalid option -- 'Z'\n2\nrm: invalid option -- 'Z'\n2\nsleep: invalid option -- 'Z'\n2\n"
		"wc: invalid option -- 'Z'\n2\n", 0);
	CHECK_SHELL("for i in uname heapdemo; do $i -Z; echo $?; done; env -Z true 2>/dev/null || echo $?",
		"uname: invalid option -- 'Z'\n2\nheapdemo: invalid option -- 'Z'\n2\n125\n", 0);
	CHECK_SHELL("for i in cp mv ln; do $i -Z -a; echo $?; done 2>&1; ls",
		"cp: invalid option -- 'Z'\n2\nmv: invalid option -- 'Z'\n2\nln: invalid option -- 'Z'\n2\n-a\n-c\n-g\n", 0);
	CHECK_SHELL("cp 2>/dev/null; echo $?; ln -s -- 2>/dev/null; echo $?; wc -l -w </dev/null 2>&1",
		"2\n2\n0 0\n", 0);
	CHECK_SHELL("wc -- -a; echo a b | wc -lc -- -a - none / 2>/dev/null; echo $?; wc -w - -a </dev/null; wc none",
		"1 1 5 -a\n1 5 -a\n1 4 -\n2 9 total\n1\n"
		"0 -\n1 -a\n1 total\nwc: none: No such file or directory\n", 1);
	CHECK_SHELL("rm -- -a -c -g; ls", "", 0);
	scratch_leave();
	PASS();
}
