/* exec, . , shift, test, umask and ulimit. */
#include "shell.h"

static char path[256], command[1024];

static const char *with_path(const char *format)
{
	snprintf(command, sizeof(command), format, path, path, path, path);
	return command;
}

static void exec_and_dot(void)
{
	/* Redirections of exec stay; what it runs takes the shell's place. */
	CHECK_SHELL(with_path("exec 3> %s; echo one >&3; echo two >&3; exec 3>&-; cat %s"), "one\ntwo\n", 0);
	CHECK_SHELL(with_path("exec < %s; cat; exec > /dev/null; echo gone"), "one\ntwo\n", 0);
	CHECK_SHELL("exec echo a b; echo no", "a b\n", 0);
	CHECK_SHELL("exec nosuchcommand; echo no", "sh: nosuchcommand: not found\n", 127);
	CHECK_SHELL("exec sh -c 'exit 5'; exit 6", "", 5);
	CHECK_SHELL("X=1 exec sh -c 'echo $X'", "1\n", 0);
	CHECK_SHELL("exec 9< /nonexistent; echo no", "sh: /nonexistent: No such file or directory\n", 1);

	/* A file's commands run in the shell: what they set stays. */
	CHECK_SHELL(with_path("echo 'X=5; echo in $1; false' > %s; . %s; echo $? $X"), "in\n1 5\n", 0);
	CHECK_SHELL(with_path(". %s arg more; echo $# $X"), "in arg\n0 5\n", 0);
	CHECK_SHELL(with_path("echo 'echo a; exit 4; echo b' > %s; . %s; echo c"), "a\n", 4);
	CHECK_SHELL(with_path("echo 'sh -c true' > %s; . %s; echo on"), "on\n", 0);
	CHECK_SHELL(with_path("> %s; false; . %s; echo $?"), "0\n", 0);
	CHECK_SHELL(". /nonexistent/x; echo no", "sh: /nonexistent/x: No such file or directory\n", 2);
	CHECK_SHELL(with_path("echo 'echo a | | b' > %s; . %s; echo no"), "sh: line 1: syntax error near \"|\"\n", 2);
	CHECK_SHELL(with_path("echo 'echo $1 $#; shift; echo $1 $#; command shift 2; echo $?; shift; echo $#' > %s; . %s a b"),
		    "a 2\nb 1\nsh: shift: 2: not so many\n2\n0\n", 0);
}

static void tests(void)
{
	CHECK_SHELL("test; echo $?; test ''; echo $?; test x; echo $?; test -n; echo $?", "1\n1\n0\n0\n", 0);
	CHECK_SHELL("test -z '' && test -n x && ! test -z x && ! [ -n '' ] && echo ok", "ok\n", 0);
	CHECK_SHELL("[ a = a ] && [ a != b ] && ! [ a = b ] && [ ! a = b ] && [ ! '' ] && echo ok", "ok\n", 0);
	CHECK_SHELL("[ 2 -lt 10 ] && [ 10 -gt 2 ] && [ 2 -le 2 ] && [ 3 -ge 3 ] && [ 03 -eq 3 ] && [ 1 -ne 2 ] && echo ok",
		    "ok\n", 0);
	CHECK_SHELL("[ -1 -lt 0 ] && ! [ 2 -gt 10 ] && [ -n = -n ] && [ ! = ! ] && echo ok", "ok\n", 0);
	CHECK_SHELL("[ -d / ] && [ -e /bin/sh ] && [ -x /bin/sh ] && [ -c /dev/null ] && ! [ -f / ] && echo ok", "ok\n", 0);
	CHECK_SHELL(with_path("rm -f %s; [ -e %s ] || echo none; > %s; [ -f %s ] && echo file"), "none\nfile\n", 0);
	CHECK_SHELL(with_path("[ -s %s ] || echo empty; echo x > %s; [ -s %s ] && [ -r %s ] && echo full"), "empty\nfull\n", 0);
	CHECK_SHELL("test a '<' b; echo $?; test a '>' b; echo $?; test a '<' a; echo $?; test ! b '>' a -a c; echo $?", "0\n1\n1\n1\n", 0);
	CHECK_SHELL("[ a = a; echo $?", "sh: test: [ without ]: cannot be understood\n2\n", 0);
	CHECK_SHELL("test x -eq 1; echo $?", "sh: test: x: cannot be understood\n2\n", 0);
	CHECK_SHELL("test a -foo b; echo $?; test -j x; echo $?",
		    "sh: test: -foo: cannot be understood\n2\nsh: test: -j: cannot be understood\n2\n", 0);
}

static void limits(void)
{
	CHECK_SHELL("umask 027; umask; umask 9; echo $?", "0027\nsh: umask: 9: not a mask\n1\n", 0);
	CHECK_SHELL("ulimit -n 20; ulimit -n; ulimit -Sn 10; ulimit -n; ulimit -Hn", "20\n10\n20\n", 0);
	CHECK_SHELL("ulimit -n 20; sh -c 'ulimit -n'", "20\n", 0);
	CHECK_SHELL("ulimit -t; ulimit -t 7; ulimit -t", "unlimited\n7\n", 0);
	CHECK_SHELL("ulimit -x; echo $?; ulimit -n x; echo $?",
		    "sh: ulimit: -x: unknown option\n2\nsh: ulimit: x: not a number\n1\n", 0);
	CHECK_SHELL(with_path("ulimit -f 1; cat /bin/sh > %s; echo $?"), "sh: File size limit exceeded\n153\n", 0);
}

int main(void)
{
	snprintf(path, sizeof(path), "%s", scratch_path("file"));
	exec_and_dot();
	tests();
	limits();
	CHECK_EQ(unlink(path), 0);
	PASS();
}
