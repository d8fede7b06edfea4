/* What an error does to a script (POSIX 2.8.1): one of a special built-in command ends it, unless `command` stands before
 * that, and so does a read-only variable that is assigned; one of another command does not. */
#include "scratch.h"
#include "shell.h"

static void special(void)
{
	CHECK_SHELL("shift 9; echo no", "sh: shift: 9: not so many\n", 2);
	CHECK_SHELL("shift x || echo no; echo no", "sh: shift: x: not so many\n", 2);
	CHECK_SHELL("shift ''; echo no", "sh: shift: : not so many\n", 2);
	CHECK_SHELL("f() { shift 9; echo no; }; if f; then :; fi; echo no", "sh: shift: 9: not so many\n", 2);
	CHECK_SHELL("for i in 1 2; do eval 'shift 9'; done; echo no", "sh: shift: 9: not so many\n", 2);
	CHECK_SHELL("trap 'echo bye $?' EXIT; shift 9; echo no", "sh: shift: 9: not so many\nbye 2\n", 2);
	CHECK_SHELL("trap 'shift 9' EXIT; exit 3", "sh: shift: 9: not so many\n", 2);
	CHECK_SHELL("export 1x=2; echo no", "sh: export: 1x=2: not a name\n", 2);
	CHECK_SHELL("readonly -z; echo no", "sh: readonly: -z: unknown option\n", 2);
	CHECK_SHELL("unset x 1x; echo no", "sh: unset: 1x: not a name\n", 2);
	CHECK_SHELL("trap -x INT; echo no", "sh: trap: -x: unknown option\n", 2);
	CHECK_SHELL("f() { return x; }; f; echo no", "sh: return: x: not a number\n", 2);
	CHECK_SHELL("exit x; echo no", "sh: exit: x: not a number\n", 2);
	CHECK_SHELL(".; echo no", "sh: .: which file?\n", 2);
	CHECK_SHELL("eval 'if'; echo no", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("echo 'shift 9; echo no' >f; . ./f; echo no", "sh: shift: 9: not so many\n", 2);
	/* What is an error of none: no options, a condition that trap does not know, more words than needed. */
	CHECK_SHELL("times x >/dev/null; break; unset; trap : NOSUCH 2>/dev/null; echo $?", "1\n", 0);
	/* A script from standard input is one too; so is a subshell, which alone ends. */
	CHECK_SHELL("printf 'shift 9\\necho no\\n' | ${SYNOS_SH:-sh}; echo $?", "sh: shift: 9: not so many\n2\n", 0);
	CHECK_SHELL("(shift 9; echo no); echo $?; x=$(shift 9; echo no); echo $? $x; shift 9 | cat; echo $?",
		    "sh: shift: 9: not so many\n2\nsh: shift: 9: not so many\n2\nsh: shift: 9: not so many\n0\n", 0);
}

static void behind_command(void)
{
	CHECK_SHELL("command shift 9; echo $?", "sh: shift: 9: not so many\n2\n", 0);
	CHECK_SHELL("command command unset 1x || echo or", "sh: unset: 1x: not a name\nor\n", 0);
	CHECK_SHELL("command eval 'if'; echo $?", "sh: syntax error: unexpected end of file\n2\n", 0);
	CHECK_SHELL("command eval 'for i in 1; do shift 9; done; echo no'; break; echo $?", "sh: shift: 9: not so many\n0\n", 0);
	CHECK_SHELL("command . /nonexistent; echo $?", "sh: /nonexistent: No such file or directory\n2\n", 0);
	CHECK_SHELL("command . ./f; echo $?; rm f", "sh: shift: 9: not so many\n2\n", 0);
	CHECK_SHELL("command set -Q; echo $?", "sh: -Q: unknown option\n2\n", 0);
	CHECK_SHELL("readonly r=1; command unset r; command export r=2; echo $? $r",
		    "sh: r: is read-only\nsh: r: is read-only\n2 1\n", 0);
	/* What is no error is not caught, nor is what fails before it. */
	CHECK_SHELL("f() { command return 3; echo no; }; f; echo $?; command exit 4; echo no", "3\n", 4);
	CHECK_SHELL("readonly r=1; r=2 command :; echo no", "sh: r: is read-only\n", 2);
	CHECK_SHELL("command exec /nonexistent; echo no", "sh: /nonexistent: No such file or directory\n", 127);
}

static void assignments(void)
{
	CHECK_SHELL("readonly r=1; r=2 /bin/true; echo no", "sh: r: is read-only\n", 2);
	CHECK_SHELL("readonly r=1; r=2 true; echo no", "sh: r: is read-only\n", 2);
	CHECK_SHELL("x=${none?} /bin/true; echo no", "sh: none: parameter not set\n", 2);
	/* Of the command alone, and what a substitution says is redirected with it. */
	CHECK_SHELL("x=1; x=2 y=$x sh -c 'echo $x $y'; echo $x $y", "2 2\n1\n", 0);
	CHECK_SHELL("x=$(echo no >&2) sh -c 'echo out; echo no >&2' 2>/dev/null; echo on >&2", "out\non\n", 0);
	CHECK_SHELL("x=1 sh -c 'kill -KILL $$' 2>/dev/null; echo $?", "sh: Killed\n137\n", 0);
	CHECK_SHELL("x=1 sh </nonexistent; echo $?", "sh: /nonexistent: No such file or directory\n1\n", 0);
	/* read, getopts and cd are not special. */
	CHECK_SHELL("readonly r=1; echo 2 | { read r; echo $? $r; }", "sh: r: is read-only\n2 1\n", 0);
	CHECK_SHELL("readonly r=1; getopts a r -a; echo $? $r", "sh: r: is read-only\n2 1\n", 0);
	CHECK_SHELL("readonly OLDPWD; cd /; echo $?; pwd", "sh: OLDPWD: is read-only\n2\n/\n", 0);
}

int main(void)
{
	scratch_enter();
	special();
	behind_command();
	assignments();
	scratch_leave();
	PASS();
}
