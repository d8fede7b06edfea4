/* The shell's own command line, and what ends the options of its built-in commands. */
#include "shell.h"

#include "scratch.h"

/* `sh` in a command is the shell under test. */
#define CHECK_SH(command, expected, code)	\
	CHECK_SHELL("sh() { ${SYNOS_SH:-/bin/sh} \"$@\"; }; " command, expected, code)

static void command_text(void)
{
	CHECK_SH("sh -e -c 'echo $-; false; echo no'", "e\n", 1);
	CHECK_SH("sh -c -e 'echo $-; false; echo no'", "e\n", 1);
	CHECK_SH("sh -ec 'false; echo no'; sh -ce 'false; echo no'; sh -c 'echo $-'; sh +e -c 'echo $-'", "\n\n", 0);
	CHECK_SH("sh -u -x -c 'echo a $0 $1' name one; sh -u -x -c 'echo $none'",
		    "+ echo a name one\na name one\nsh: none: parameter not set\n", 2);
	CHECK_SH("sh -o noglob -eu -c 'echo $- *; false; echo no'", "efu *\n", 1);
	CHECK_SH("sh -eu -o noglob -c 'echo $- *'; sh -euo noglob -c 'echo $- *'; sh -co noglob 'echo $- *'",
		    "efu *\nefu *\nf *\n", 0);
	CHECK_SH("sh -oo noglob errexit -c 'echo $-'; sh -e +o errexit -f -c 'echo $-'", "ef\nf\n", 0);
	CHECK_SH("sh -e -c -- 'echo $0 $1' a b; sh -c - 'echo $0 $1' a b", "a b\na b\n", 0);
	CHECK_SH("sh -c 'echo $0 $*' -e -x --", "-e -x --\n", 0);
	CHECK_SH("sh -c; echo $?; sh -c -e; echo $?; sh -Q -c 'echo no'; echo $?; sh -e -o nosuch -c 'echo no'",
		    "sh: -c wants a text\n2\nsh: -c wants a text\n2\nsh: -Q: unknown option\n2\nsh: nosuch: unknown option\n", 2);
	CHECK_SH("set -c; echo no", "sh: -c: unknown option\n", 2);
}

static void standard_input(void)
{
	CHECK_SH("echo 'echo $- $# $1 $2; false; echo on' >in; for o in '-e -s' -es -se '-s -e' '-s -e --'; do sh $o a b <in; done",
		    "e 2 a b\ne 2 a b\ne 2 a b\ne 2 a b\ne 2 a b\n", 1);
	CHECK_SH("sh -s <in; sh -s -- -x <in", "0\non\n1 -x\non\n", 0);
	CHECK_SH("sh -e <in; echo $?; sh - <in; sh -s -c 'echo text $0' name <in; rm in", "e 0\n1\n0\non\ntext name\n", 0);
}

static void file(void)
{
	CHECK_SH("echo 'echo $- $0 $#' >f; sh -e -o noglob f a b; sh -eo noglob -- f a; sh - f; sh -- f a",
		    "ef f 2\nef f 1\nf 0\nf 1\n", 0);
	CHECK_SH("rm f", "", 0);
}

int main(void)
{
	scratch_enter();
	command_text();
	standard_input();
	file();
	scratch_leave();
	PASS();
}
