/* What the shell makes of words: parameters, commands, arithmetic, fields, here-documents. */
#include "shell.h"

#include "scratch.h"

int main(void)
{
	scratch_enter();
	CHECK_SHELL("echo ${x:-a b} \"${x-c}\" ${x=d} $x ${x:+e} ${y+f} \"[${y:+}]\" ${#x} ${x:=no}; x=; echo \"[${x-a}][${x:-a}][${x+a}][${x:+a}]\"",
		    "a b c d d e [] 1 d\n[][a][a][]\n", 0);
	CHECK_SHELL("x=a.b.c; echo ${x%.*} ${x%%.*} ${x#*.} ${x##*.} ${x%z} \"${x%\".\"*}\" ${x#\"*\"} \"${x#a*.}\" ${x%.c}d",
		    "a.b a b.c c a.b.c a.b a.b.c b.c a.bd\n", 0);
	/* A pattern or a word may assign to what is being expanded, or to IFS. */
	CHECK_SHELL("x=12; echo ${x#$((x=1))} $x; IFS=; x=a,b; set -- ${IFS:=,}$x${y:=long}$x; echo $#; IFS=; [ -z ${IFS:=,} ]; echo $?",
		    "2 1\n4\n0\n", 0);
	/* Not one attempt after the other, each from the beginning: that would be seen from here. */
	CHECK_SHELL("x=aaaaaaaaaaaaaaaa; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do x=$x$x; done; y=${x#*b}${x##*b}${x%b*}${x%%b*}; echo ${#y}; x=b$x; y=${x#*b*}${x%%b*}; echo ${#y}",
		    "1048576\n262144\n", 0);
	CHECK_SHELL("x=aab.ba; echo ${x#*a} ${x##*a}. ${x%a*} ${x%%a*}. ${x#a*b} ${x##a*b} ${x%b*a} ${x%%b*a} ${x#*} ${x##*}. ${x%%?} ${x#\\a[ab]} ${x%[.a-]??} ${x%[.} ${x##**b.b} ${x#[}",
		    "ab.ba . aab.b . .ba a aab. aa aab.ba . aab.b b.ba aab aab.ba a aab.ba\n", 0);
	CHECK_SHELL("x='a*b'; echo \"${x%'*'b}\" \"${x%\\*b}\"; p='?c'; x=abc; echo ${x%$p} ${x%\"$p\"}",
		    "a a\na abc\n", 0);
	CHECK_SHELL("echo \"${x:-\"b c\"}\" ${x:-$(echo d e)} ${x:-${y:-z}} \"${x:-\\}}\" ${x:-a\\}b}; echo \"${x:-`echo \"q  r\"`}\"",
		    "b c d e z } a}b\nq  r\n", 0);
	CHECK_SHELL("set -- ${x:-a b}; echo $#; set -- \"${x:-a b}\" ${x:-\"a b\"} ${x:+c}; echo $#", "2\n2\n", 0);
	CHECK_SHELL("set -- \"a b\" \"\" c; echo $# $*; for i in \"$@\" \"$*\" $*; do echo \"<$i>\"; done; echo \"x$@y\"; echo \"${#}\" ${#1}",
		    "3 a b c\n<a b>\n<>\n<c>\n<a b  c>\n<a>\n<b>\n<c>\nxa b  cy\n3 3\n", 0);
	CHECK_SHELL("set -- ; for i in \"$@\" \"$*\" $@ \"\"; do echo \"<$i>\"; done; set -- a b c d e f g h i j k; echo $10 ${10} ${11} \"${12-none}\"",
		    "<>\n<>\na0 j k none\n", 0);
	CHECK_SHELL("IFS=', '; x=' a , b,,c '; for i in $x; do echo \"<$i>\"; done; set -- a b; echo \"$*\"; IFS=; y='p q'; for i in $y; do echo \"<$i>\"; done; echo \"$*\"",
		    "<a>\n<b>\n<>\n<c>\na,b\n<p q>\nab\n", 0);
	CHECK_SHELL("x=\"a  b\"; y=$x; echo \"$y\" $y; z=$(echo \"c  d\"); echo \"$z\" $z; unset IFS; set -- $x; echo $#",
		    "a  b a b\nc  d c d\n2\n", 0);
	CHECK_SHELL("x='echo hi'; $x; x=a=1; $x 2>/dev/null; echo $?; $none; echo $?; $none echo z; x='\"a b\"'; set -- $x; echo $#",
		    "hi\n127\n0\nz\n2\n", 0);
	CHECK_SHELL("echo $(echo a; echo; echo) end; echo \"$(printf \"a\\n\\n\")\"x; echo `echo a\\`echo b\\``; echo $(echo \")\" \"$(echo \"(\")\")",
		    "a end\nax\nab\n) (\n", 0);
	CHECK_SHELL("echo $(case x in x) echo c;; esac) $(# comment )\necho d) \"$(echo \"$(echo \"e  f\")\")\" [$()]",
		    "c d e  f []\n", 0);
	CHECK_SHELL("x=$(exit 3); echo $?; x=$(exit 3) true; echo $?; $(exit 5); echo $?; echo $(exit 3); echo $?; false; x=1; echo $?; false; x=$?; echo $x",
		    "3\n0\n5\n\n0\n0\n1\n", 0);
	CHECK_SHELL("echo $((1 + 2 * 3 - 10 / 3 % 2)) $((0x10 + 010)) $((-7 / 2)) $((-7 % 2)) $((1 << 3 >> 1)) $((5 & 3 | 8 ^ 1)) $((1 < 2 == 1))",
		    "6 24 -3 -1 4 9 1\n", 0);
	CHECK_SHELL("echo $((1 ? 2 : 3 ? 4 : 5)) $((!5)) $((~0)) $(((1 + 2) * 3)) $((1 - -1)) $((3 - 2 - 1)) $((2 >= 3 || 4 != 5 && 6))",
		    "2 0 -1 9 2 0 1\n", 0);
	CHECK_SHELL("x=3; echo $((x)) $(($x * 2)) $((none)) $((x += 2)) $((x <<= 2)) $((x = 7)) $x $((x %= 4)) $((x > 2 ? (x = 1) : (x = 9))) $x",
		    "3 6 0 5 20 7 7 3 1 1\n", 0);
	CHECK_SHELL("echo $((0 && 1 / 0)) $((1 || 1 / 0)) $((1 ? 2 : 1 / 0)) $((9223372036854775807 + 1)) $((-9223372036854775807 - 1)) $(( (-9223372036854775807 - 1) / -1 ))",
		    "0 1 2 -9223372036854775808 -9223372036854775808 -9223372036854775808\n", 0);
	CHECK_SHELL("echo $((1 / 0)); echo no", "sh: arithmetic: division by zero: \"1 / 0\"\n", 2);
	CHECK_SHELL("echo $((1 +)); echo no", "sh: arithmetic: not an expression: \"1 +\"\n", 2);
	CHECK_SHELL("echo $((1 ? 2 : x = 3)); echo no", "sh: arithmetic: not an expression: \"1 ? 2 : x = 3\"\n", 2);
	CHECK_SHELL("echo $((1 2)); echo no", "sh: arithmetic: not an expression: \"1 2\"\n", 2);
	CHECK_SHELL("x=a; echo $((x)); echo no", "sh: arithmetic: a variable is not a number: \"x\"\n", 2);
	CHECK_SHELL("echo $((99999999999999999999)); echo no",
		    "sh: arithmetic: a number is too large: \"99999999999999999999\"\n", 2);
	CHECK_SHELL("touch b a c .h; mkdir d; touch d/x d/y; echo *; echo [ab] ? '*' \"?\" \\*; echo .[!.]; echo */*; echo d/[x] ./[a]; x='*'; echo $x \"$x\"; echo n*; rm -r d a b c .h",
		    "a b c d\na b a b c d * ? *\n.h\nd/x d/y\nd/x ./a\na b c d *\nn*\n", 0);
	CHECK_SHELL("touch b a c .h; mkdir d; touch d/x; echo [!a] [a-c] [[:alpha:]] [^a]; echo [; echo []; echo [a; echo d//*; echo ?*/; set -f; echo *; set +f; rm -r d a b c .h",
		    "b c d a b c a b c d b c d\n[\n[]\n[a\nd//x\nd/\n*\n", 0);
	CHECK_SHELL("touch 'a b' 'a*b'; for i in *; do echo \"<$i>\"; done; echo \"a*\"b a'*'* a\\**; rm *; echo *",
		    "<a b>\n<a*b>\na*b a*b a*b\n*\n", 0);
	CHECK_SHELL("case 'a-c' in a[-]c) echo 1;; esac; case ] in []]) echo 2;; esac; case [ in [) echo 3;; esac; case 5 in [[:digit:]]) echo 4;; esac; case x in [!a-c-y]) echo 5;; esac; case ab in a*b*) echo 6;; esac",
		    "1\n2\n3\n4\n5\n6\n", 0);
	CHECK_SHELL("x='\\*'; echo $x; case '*' in $x) echo 1;; esac; case aXbXc in *X*X*X*) echo no;; a*b*c) echo 2;; esac; case - in [a\\-z]) echo 3;; esac",
		    "\\*\n1\n2\n3\n", 0);
	CHECK_SHELL("HOME=/h; echo ~ ~/a \"~\" \\~ a~ ~\"/b\" x=~; x=~/a:~/b:c~; echo $x; HOME=\"/h  *\"; echo ~; y=~; echo \"$y\"",
		    "/h /h/a ~ ~ a~ ~/b x=~\n/h/a:/h/b:c~\n/h  *\n/h  *\n", 0);
	CHECK_SHELL("x=5; cat <<E; echo after\na $x $((1+1)) \"q\" 'r' \\$x \\\\ \\a `echo b`\n ${z:-d \"e\"}\nE",
		    "a 5 2 \"q\" 'r' $x \\ \\a b\n d e\nafter\n", 0);
	CHECK_SHELL("cat <<'A' <<-\"B\"; cat <<C\n$x\nA\n\t\t$x\n\tB\n$(echo in\n)\\\n end\nC", "$x\nin end\n", 0);
	CHECK_SHELL("while read x; do echo \"<$x>\"; done <<E\n1\n2\nE\nif cat <<E\nin\nE\nthen echo yes; fi; f() { cat; } <<E\nto f\nE\nf; f",
		    "<1>\n<2>\nin\nyes\nto f\nto f\n", 0);
	CHECK_SHELL("x=$(cat <<E\na ) b\nE\n); echo \"$x\"; cat 3<<E <&3\nthree\nE\ncat <<E\nno end",
		    "a ) b\nthree\nno end", 0);
	CHECK_SHELL("x=0123456789; x=$x$x$x$x$x$x$x$x$x$x; x=$x$x$x$x$x$x$x$x$x$x; x=$x$x$x$x$x$x$x$x$x$x; cat <<E | wc -c | { read n; echo $n; }\n$x\nE",
		    "10001\n", 0);
	CHECK_SHELL("echo ${x?gone}; echo no", "sh: x: gone\n", 2);
	CHECK_SHELL("echo ${x:?}; echo no", "sh: x: parameter not set\n", 2);
	CHECK_SHELL("(echo ${x?gone}); echo $?", "sh: x: gone\n2\n", 0);
	CHECK_SHELL("echo ${1=a}; echo no", "sh: 1: cannot be assigned\n", 2);
	CHECK_SHELL("echo ${}; echo no", "sh: syntax error: bad substitution\n", 2);
	CHECK_SHELL("echo ${x!y}; echo no", "sh: syntax error: bad substitution\n", 2);
	CHECK_SHELL("echo ${x:", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("echo \"a$(", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("echo $((1", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("echo `a", "sh: syntax error: unexpected end of file\n", 2);
	scratch_leave();
	PASS();
}
