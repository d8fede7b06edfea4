/* The shell's lists and statuses: ; && || pipes, exit, 126, 127, signals, and errors of syntax. */
#include "shell.h"

int main(void)
{
	CHECK_SHELL("true && echo yes || echo no", "yes\n", 0);
	CHECK_SHELL("false && echo yes || echo no", "no\n", 0);
	CHECK_SHELL("false || false || echo third", "third\n", 0);
	CHECK_SHELL("false; true; echo $?; false; echo $?", "0\n1\n", 0);
	CHECK_SHELL("true; false", "", 1);
	CHECK_SHELL("exit 7", "", 7);
	CHECK_SHELL("false; exit", "", 1);
	CHECK_SHELL("exit 300", "", 300 & 255);
	CHECK_SHELL("echo a; exit 3; echo b", "a\n", 3);
	CHECK_SHELL("echo a b | cat | cat", "a b\n", 0);
	CHECK_SHELL("false | true", "", 0);
	CHECK_SHELL("true | false", "", 1);
	CHECK_SHELL("echo one; echo two; true", "one\ntwo\n", 0);
	CHECK_SHELL("nosuchcommand", "sh: nosuchcommand: not found\n", 127);
	CHECK_SHELL("/tmp", "sh: /tmp: Permission denied\n", 126);
	CHECK_SHELL("/nonexistent/x", "sh: /nonexistent/x: No such file or directory\n", 127);
	CHECK_SHELL("sh -c 'kill -9 $$'; echo $?", "sh: Killed\n137\n", 0);
	CHECK_SHELL("sh -c 'kill -SEGV $$'; sh -c 'kill -INT $$'; sh -c 'kill -PIPE $$'; echo $?",
		    "sh: Segmentation fault\n141\n", 0);
	CHECK_SHELL("echo 'open", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("echo a | | b", "sh: syntax error near \"|\"\n", 2);
	CHECK_SHELL("! true; echo $?; ! false; echo $?", "1\n0\n", 0);
	CHECK_SHELL("! true | false; echo $?; ! false && echo yes", "0\nyes\n", 0);
	CHECK_SHELL("! true", "", 1);
	CHECK_SHELL("! false & wait $!; echo $?", "0\n", 0);
	CHECK_SHELL("echo a ! b", "a ! b\n", 0);
	CHECK_SHELL("! ! true", "sh: syntax error near \"!\"\n", 2);
	CHECK_SHELL("true | ! true", "sh: syntax error near \"!\"\n", 2);
	CHECK_SHELL("echo if done", "if done\n", 0);
	CHECK_SHELL("cd /; pwd; cd /nonexistent; echo $?",
		    "/\nsh: cd: /nonexistent: No such file or directory\n1\n", 0);
	PASS();
}
