/* The programs cp, mkdir, rm and touch: what they refuse, they leave as it was. */
#include "scratch.h"
#include "shell.h"

int main(void)
{
	scratch_enter();
	CHECK_SHELL("echo precious >f; mkdir d; cp d f 2>/dev/null; echo $?; cat f", "1\nprecious\n", 0);
	CHECK_SHELL("cp d new 2>/dev/null; ls", "d\nf\n", 0);

	CHECK_SHELL("mkdir d/x/y 2>/dev/null; echo $?; mkdir -p d/x/y d/x d//z/; echo $?; echo d/* d/x/*",
		"1\n0\nd/x d/z d/x/y\n", 0);
	CHECK_SHELL("mkdir -p '' 2>/dev/null; echo $?; mkdir -p / //; echo $?", "1\n0\n", 0);
	CHECK_SHELL("mkdir -p f 2>/dev/null; echo $?; mkdir -p f/x 2>/dev/null; echo $?", "1\n1\n", 0);
	CHECK_SHELL("mkdir -q n 2>/dev/null || echo no; touch -q n 2>/dev/null || echo no; ls", "no\nno\nd\nf\n", 0);

	CHECK_SHELL("cd d; rm -r . ./ .. x/. x/.. x/../ 2>/dev/null; echo $?; ls", "1\nx\nz\n", 0);
	CHECK_SHELL("touch .h ..a; rm .h ..a; echo $?", "0\n", 0);
	CHECK_SHELL("rm -r d f; echo $?; ls", "0\n", 0);
	scratch_leave();
	PASS();
}
