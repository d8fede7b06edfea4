/* The shell's own command line, and what ends the options of its built-in commands. */
#include "shell.h"

#include "scratch.h"

/* The text, with the test's folder for each %s. */
static const char *scratch_text(const char *format)
{
	static char text[2048];
	const char *s = scratch_folder;

	snprintf(text, sizeof(text), format, s, s, s, s, s, s);
	return text;
}

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

/* XBD 12.2: a -- ends the options, also of those that have none. */
static void operands(void)
{
	CHECK_SHELL("cd -- /bin && cd -- / && pwd; cd -- - >/dev/null; case $OLDPWD in /) echo back;; esac", "/\nback\n", 0);
	CHECK_SHELL("readonly -- Y=2; export -- X=1; sh -c 'echo $X'; readonly -p --; (Y=3)", "1\nreadonly Y='2'\nsh: Y: is read-only\n", 2);
	CHECK_SHELL("X=1; unset -- X; echo ${X-gone}; X=1; unset -v -- X; echo ${X-gone}; f() { :; }; unset -f -- f; type f 2>/dev/null; echo $?",
		    "gone\ngone\n1\n", 0);
	CHECK_SHELL("eval -- 'echo a' b; eval --; echo $?; (exec -- echo c; echo no); exec --; echo on", "a b\n0\nc\non\n", 0);
	CHECK_SHELL("echo 'echo $#' >f; . -- ./f x; rm -- f; .  --; echo no", "1\nsh: .: which file?\n", 2);
	CHECK_SHELL("set a b c; shift -- 1; echo $1; shift --; echo $#; shift -- 2; echo no", "b\n1\nsh: shift: 2: not so many\n", 2);
	CHECK_SHELL("for i in 1 2; do for j in 1 2; do continue -- 2; done; done; echo $i$j; while :; do break --; done; echo out",
		    "21\nout\n", 0);
	CHECK_SHELL("f() { return -- 5; }; f; echo $?; f() { local -- x=1; echo $x; }; f; (exit -- 4); echo $?; exit --", "5\n1\n4\n", 0);
	CHECK_SHELL("command -- echo a; command -v -- cd; command -- -v; echo $?; command --; echo $?; type -- cd",
		    "a\ncd\nsh: -v: not found\n127\n0\ncd is built in\n", 0);
	CHECK_SHELL("umask -- 027; umask --; ulimit -n -- 20; ulimit -n --; ulimit -- 100; ulimit --", "0027\n20\n100\n", 0);
	CHECK_SHELL("sh -c 'exit 3' & wait -- $!; echo $?; wait --; echo $?; jobs --; fg -- %1; bg --",
		    "3\n0\nsh: fg: no job control\nsh: bg: no job control\n", 1);
	CHECK_SHELL("trap -- 'echo bye' EXIT; trap --; times -- | wc -l", "trap -- 'echo bye' EXIT\n2\nbye\n", 0);
	CHECK_SHELL("printf -- '%s.' a --; printf -- '-x\\n'; printf -- --; echo; printf -; echo; printf --",
		    "a.--.-x\n--\n-\nsh: usage: printf FORMAT [ARGUMENT]...\n", 2);
	CHECK_SHELL("getopts -- ab x -b; echo $x; echo 'a b' >f; read -- x <f; echo $x; read -r -- x y <f; echo $y; rm f", "b\na b\nb\n", 0);
	/* To these it is a word like others. */
	CHECK_SHELL("echo --; echo -- a; test -- && [ -- = -- ] && true -- && : --; echo $?; f() { echo $#; }; f --", "--\n-- a\n0\n1\n", 0);
}

static void wrong(void)
{
	CHECK_SHELL("read -x y; echo $?; ulimit -Sx; echo $?; command -x; echo $?",
		    "sh: read: -x: unknown option\n2\nsh: ulimit: -x: unknown option\n2\nsh: command: -x: unknown option\n2\n", 0);
	CHECK_SHELL("jobs -lx; echo $?; command export -x; echo $?; export -x y; echo no",
		    "sh: jobs: -x: unknown option\n2\nsh: export: -x: unknown option\n2\nsh: export: -x: unknown option\n", 2);
	CHECK_SHELL("(trap -x); echo $?; unset -x y; echo no", "sh: trap: -x: unknown option\n2\nsh: unset: -x: unknown option\n", 2);
	/* Nothing is left of a word that was wrong. */
	CHECK_SHELL("X=1; command unset -xf Y; unset X; echo ${X-gone}", "sh: unset: -x: unknown option\ngone\n", 0);
}

static void masks(void)
{
	CHECK_SHELL("umask u=rwx,g=rx,o=; umask; umask -S; umask g-r; umask; umask +x; umask; umask a=; umask; umask =rw; umask",
		    "0027\nu=rwx,g=rx,o=\n0067\n0066\n0777\n0111\n", 0);
	CHECK_SHELL("umask 077; umask g+rx,o=g; umask; umask u-w+x; umask; umask u=g; umask; umask -S; umask -- -w; umask",
		    "0022\n0222\n0222\nu=rx,g=rx,o=rx\n0222\n", 0);
	CHECK_SHELL("umask 777; umask ug=rwX; umask; umask u+x,o=X; umask; umask g-w=o,u-r; umask; umask go+w-x; umask -S", "0117\n0016\n0466\nu=wx,g=w,o=w\n", 0);
	CHECK_SHELL("umask 026; for m in q u u+z '' , o=r, ,o=r u+t 8 1000 07x u=rg; do umask \"$m\" 2>/dev/null && echo bad $m; done; umask",
		    "0026\n", 0);
	CHECK_SHELL("umask u=q; echo $?; umask -x; echo $?; umask =; echo >f; umask; rm -f f",
		    "sh: umask: u=q: not a mask\n1\nsh: umask: -x: unknown option\n2\n0777\n", 0);
}

/* command -p finds what PATH does not; PATH stays as it is. */
static void standard_path(void)
{
	CHECK_SHELL("PATH=/nowhere; echo / >f; command -p cat f; command -pp -- cat f; X=1 command -p cat f; command -p rm f; ls; command -p nosuch; echo $PATH $?",
		    "/\n/\n/\nsh: ls: not found\nsh: nosuch: not found\n/nowhere 127\n", 0);
	CHECK_SHELL("PATH=/nowhere; command -pv ls; command -p -v ls; command -v -p ls; command -v ls; echo $?; command -p -V cd ls",
		    "/bin/ls\n/bin/ls\n/bin/ls\n127\ncd is built in\n", 0);
	CHECK_SHELL("command -p; echo $?; command -p export -- X=1 && echo $X; command -p shift 9; echo on", "0\n1\nsh: shift: 9: not so many\non\n", 0);
}

/* PWD is the way that was gone, through links; after cd -P there are none in it. */
static void folders(void)
{
	CHECK_SHELL("mkdir real real/in; ln -s real link; S=${PWD%/}; w() { echo ${PWD#$S} ${OLDPWD#$S}; }; cd link; w; cd in; w; cd ..; w; pwd; cd -P .; w",
		    scratch_text("/link\n/link/in /link\n/link /link/in\n%s/link\n/real /link\n"), 0);
	CHECK_SHELL("S=$PWD; w() { echo ${PWD#$S}; }; cd link/./in//../; w; pwd -P; pwd -PL; pwd -LP; cd ../link; w; cd -LP in; w; cd -PL ../../link/in; w",
		    scratch_text("/link\n%s/real\n%s/link\n%s/real\n/link\n/real/in\n/link/in\n"), 0);
	CHECK_SH("cd -P link; pwd; cd ../link; sh -c pwd; PWD=/ sh -c pwd; PWD=$PWD/. sh -c pwd; PWD=/; pwd; cd in; pwd",
		    scratch_text("%s/real\n%s/link\n%s/real\n%s/real\n%s/real\n%s/real/in\n"), 0);
	CHECK_SHELL("cd nosuch/..; echo $?; cd ''; echo $?; >f; cd f/..; echo $?; rm f; cd -x; echo $?; pwd -x; cd /../..//; pwd; cd bin/..; pwd",
		    "sh: cd: nosuch/..: No such file or directory\n1\nsh: cd: : No such file or directory\n1\n"
		    "sh: cd: f/..: Not a directory\n1\nsh: cd: -x: unknown option\n2\nsh: pwd: -x: unknown option\n/\n/\n", 0);
	/* CDPATH: where it is found is told, unless that is here. */
	CHECK_SHELL("S=${PWD%/}; CDPATH=nosuch:real:$S; cd in | { read p; echo ${p#$S}; }; cd link | { read p; echo ${p#$S}; }; cd ./in || cd nosuch || cd real/in/../in | wc -l",
		    "/real/in\n/link\nsh: cd: ./in: No such file or directory\nsh: cd: nosuch: No such file or directory\n1\n", 0);
	CHECK_SHELL("S=${PWD%/}; CDPATH=:real; cd real; CDPATH=$S/link/; cd in >/dev/null; echo ${PWD#$S}; CDPATH=$S; cd ../in; cd ..; CDPATH=; cd in; echo ${PWD#$S}; cd / && cd $S",
		    "/link/in\n/link/in\n", 0);
	CHECK_SHELL("cd link; cd -- -P 2>/dev/null || echo none; cd ..; cd - >/dev/null; cd -L ..; rm link; rmdir real/in real 2>/dev/null || rm -r real; mkdir a; cd a; rm -r ../a; cd . 2>/dev/null; cd /; pwd",
		    "none\n/\n", 0);
}

int main(void)
{
	scratch_enter();
	command_text();
	standard_input();
	file();
	operands();
	wrong();
	masks();
	standard_path();
	folders();
	scratch_leave();
	PASS();
}
