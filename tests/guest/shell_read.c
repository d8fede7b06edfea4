/* read, printf, getopts, and test with more than three arguments. */
#include "shell.h"

#include "scratch.h"

int main(void)
{
	scratch_enter();
	CHECK_SHELL("printf 'x y z\\n' >f; read a b <f; echo \"$a|$b\"; read a <f; echo \"$a\"; read a b c d <f; echo \"$c|$d\"; printf noeol >f; read x <f; echo $? $x; read x </dev/null; echo \"$? [$x]\"",
		    "x|y z\nx y z\nz|\n1 noeol\n1 []\n", 0);
	CHECK_SHELL("printf 'a\\\\b\\\\\\\\c\\n' >f; read x <f; printf '%s\\n' \"$x\"; read -r x <f; printf '%s\\n' \"$x\"; printf 'a\\\\\\nb\\\\ c d\\n' >f; read x y <f; echo \"$x|$y\"; rm f",
		    "ab\\c\na\\b\\\\c\nab c|d\n", 0);
	CHECK_SHELL("echo 1::3:4 | { IFS=: read a b c; echo \"[$a][$b][$c]\"; }; echo '  a b  ' | { read x; echo \"[$x]\"; }; echo '  a b  ' | { IFS= read -r x; echo \"[$x]\"; }; IFS=: read x </dev/null; echo \"[$IFS]\" | wc -c | { read n; echo $n; }",
		    "[1][][3:4]\n[a b]\n[  a b  ]\n6\n", 0);
	CHECK_SHELL("echo a: | { IFS=: read x y; echo \"[$x][$y]\"; }; echo a:b: | { IFS=: read x y; echo \"[$x][$y]\"; }; echo a:b:c: | { IFS=: read x y; echo \"[$x][$y]\"; }; echo 'a : b' | { IFS=': ' read x y; echo \"[$x][$y]\"; }",
		    "[a][]\n[a][b]\n[a][b:c:]\n[a][b]\n", 0);
	CHECK_SHELL("printf 'one\\ntwo\\nthree\\n' | { read a; cat; echo $a; }; printf 'echo one\\nread x\\ndata\\necho $x\\ncat\\nrest\\n' | ${SYNOS_SH:-sh}",
		    "two\nthree\none\none\ndata\nrest\n", 0);
	CHECK_SHELL("echo a b c d e | { read IFS x y z; echo \"$IFS|$x|$y|$z\"; }", "a|b|c|d e\n", 0);
	CHECK_SHELL("read 1x; echo $?", "sh: read: 1x: not a name\n2\n", 0);
	/* The first byte of an empty argument, and of none, is 0. */
	CHECK_SHELL("printf '%c%3c|%-3c' '' ab | wc -c", "8\n", 0);
	CHECK_SHELL("printf '%s\\n' a b c; printf '%d %x %o %c|%5s|%-5s|%.2s\\n' 10 255 8 hello ab cd efgh; printf '%s-%s\\n' a; printf 'x\\n' ignored; printf '%%\\n'",
		    "a\nb\nc\n10 ff 10 h|   ab|cd   |ef\na-\nx\n%\n", 0);
	CHECK_SHELL("printf '%b|' 'a\\tb\\0101\\n'; printf 'a\\tb\\101\\n'; printf '%b' 'a\\cb' c; echo; printf '%5d|%-5d|%05d|%+d|%*d|%.3d\\n' 1 2 3 4 5 6 7; printf '%d %u\\n' \"'A\" 0x1f",
		    "a\tbA\n|a\tbA\na\n    1|2    |00003|+4|    6|007\n65 31\n", 0);
	CHECK_SHELL("printf '%5.2f|%g\\n' 3.14159 0.5; printf '%s %d\\n'; printf; echo $?",
		    " 3.14|0.5\n 0\nsh: usage: printf FORMAT [ARGUMENT]...\n2\n", 0);
	CHECK_SHELL("printf '%d\\n' 12x; echo $?; printf '%y\\n'; echo $?",
		    "sh: printf: 12x: not a number\n12\n1\nsh: printf: %y\\n: not a conversion\n1\n", 0);
	CHECK_SHELL("set -- -a -bfoo -c bar x; while getopts ab:c: o; do echo \"$o=$OPTARG\"; done; echo $OPTIND; shift $((OPTIND-1)); echo \"$@\"",
		    "a=\nb=foo\nc=bar\n5\nx\n", 0);
	CHECK_SHELL("getopts :a: o -x; echo \"$o $OPTARG\"; OPTIND=1; getopts :a: o -a; echo \"$o $OPTARG\"; OPTIND=1; while getopts ab o -ab -- -a; do echo $o; done; echo $OPTIND $o",
		    "? x\n: a\na\nb\n3 ?\n", 0);
	CHECK_SHELL("getopts a o -x; echo \"$o [$OPTARG]\"; getopts; echo $?",
		    "sh: -x: unknown option\n? []\nsh: usage: getopts LETTERS NAME [ARGUMENT]...\n2\n", 0);
	/* Other arguments in the middle of one with several letters. */
	CHECK_SHELL("set -- -ab; getopts ab o; set --; getopts ab o; echo $? $o; OPTIND=1; set -- -abc; getopts ab o; getopts ab o; getopts bc o -b; echo $o",
		    "1 ?\nb\n", 0);
	/* The words of a command are gone when the next one looks for its options. */
	CHECK_SHELL("for w in 1 22 333 4444 55555 666666 7777777; do pwd -P >x; eval \": $w$w$w$w\"; jobs -p; done; rm x", "", 0);
	CHECK_SHELL("for w in 1 22 333 4444 55555 666666; do eval 'pwd -P >x'; eval \": $w$w$w$w $w $w $w $w\"; jobs -p; done; rm x", "", 0);
	CHECK_SHELL("test 1 -eq 1 -a 2 -eq 2; echo $?; test 1 -eq 2 -o 2 -eq 2; echo $?; test ! -f x -a -d .; echo $?; test \\( a = b \\) -o c; echo $?; test a -a ''; echo $?; test '(' a ')'; echo $?",
		    "0\n0\n0\n0\n1\n0\n", 0);
	CHECK_SHELL("test a = a -a ! \\( b = c -o '' \\); echo $?; test 1 -eq 1 -o x -eq; echo $?; test -n = -n -a ! ''; echo $?",
		    "0\nsh: test: -eq: cannot be understood\n2\n0\n", 0);
	CHECK_SHELL("touch a; sleep 0.1; touch b; test b -nt a; echo $?; test b -ot a; echo $?; test a -ef ./a; echo $?; test a -ef b; echo $?; test a -nt c; echo $?; rm a b",
		    "0\n1\n0\n1\n0\n", 0);
	CHECK_SHELL("cd /usr 2>/dev/null || cd /bin; cd /; cd - >/dev/null; [ \"$OLDPWD\" = / ] && pwd | wc -l | { read n; echo $n; }",
		    "1\n", 0);
	CHECK_SHELL("echo -n a; echo b; echo; echo -n; times >/dev/null; echo $?; true a; false b; echo $?; echo x >&-; echo $?",
		    "ab\n\n0\n1\nsh: echo: Bad file descriptor\n1\n", 0);
	scratch_leave();
	PASS();
}
