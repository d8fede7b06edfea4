/* The compound commands of the shell: if, loops, case, groups, functions, and what leaves them. */
#include "shell.h"

#include "scratch.h"

int main(void)
{
	scratch_enter();
	CHECK_SHELL("if true; then echo a; else echo b; fi; if false; then echo a; elif true; then echo c; else echo b; fi",
		    "a\nc\n", 0);
	CHECK_SHELL("if false\nthen\necho no\nelse\n\necho yes\nfi", "yes\n", 0);
	CHECK_SHELL("if false; then echo a; fi; echo $?; if (exit 3); then :; else echo $?; fi", "0\n3\n", 0);
	CHECK_SHELL("x=; while [ \"$x\" != aaa ]; do x=a$x; echo $x; done; until [ -z \"$x\" ]; do x=${x%a}; done; echo \"[$x]\"",
		    "a\naa\naaa\n[]\n", 0);
	CHECK_SHELL("while false; do :; done; echo $?", "0\n", 0);
	CHECK_SHELL("for i in 1 \"2 3\" $(echo 4 5); do echo \"<$i>\"; done; for i in; do echo no; done; echo $?",
		    "<1>\n<2 3>\n<4>\n<5>\n0\n", 0);
	CHECK_SHELL("set -- a \"b c\"; for i do echo \"<$i>\"; done; for i\ndo echo $i; done; for i in x\ndo\necho $i\ndone",
		    "<a>\n<b c>\na\nb c\nx\n", 0);
	CHECK_SHELL("for i in 1 2 3 4; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done; echo $?",
		    "1\n3\n0\n", 0);
	CHECK_SHELL("for i in 1 2; do for j in 1 2; do [ $j = 2 ] && continue 2; echo $i$j; done; done",
		    "11\n21\n", 0);
	CHECK_SHELL("while :; do while :; do break 2; done; echo no; done; break; echo $?; for i in 1 2; do continue 9; done; echo on",
		    "0\non\n", 0);
	CHECK_SHELL("case abc in a) echo no;; a*) echo yes;; *) echo no;; esac; case b in (a|b) echo or;; esac; case x in y) ;; esac; echo $?",
		    "yes\nor\n0\n", 0);
	CHECK_SHELL("case '*' in '*') echo lit;; esac; case a in '*'|\\*) echo no;; [!b]) echo not-b;; esac",
		    "lit\nnot-b\n", 0);
	CHECK_SHELL("x='*'; case abc in \"$x\") echo no;; $x) echo pattern;; esac; case x in x) ;; esac; echo $?; case x in\nx)\necho nl\nesac",
		    "pattern\n0\nnl\n", 0);
	CHECK_SHELL("(echo a; exit 4); echo $?; x=1; (x=2); echo $x; { x=3; }; echo $x; (echo 1;(echo 2))",
		    "a\n4\n1\n3\n1\n2\n", 0);
	CHECK_SHELL("f() { echo $1 $#; return 5; }; f a b; echo $?; f ()\n{\n\techo new\n}\nf; unset -f f; f 2>/dev/null; echo $?",
		    "a 2\n5\nnew\n127\n", 0);
	CHECK_SHELL("set -- q; f() { set -- x y; shift; echo $1 $#; }; f a b c; echo $1 $#; g() (x=sub; echo $x); g; echo \"[$x]\"",
		    "y 1\nq 1\nsub\n[]\n", 0);
	CHECK_SHELL("f() { for i in 1 2 3; do [ $i = 2 ] && return 7; echo $i; done; }; f; echo $?; f() { (return 6); echo $?; }; f",
		    "1\n7\n6\n", 0);
	CHECK_SHELL("f() { [ $1 -eq 0 ] && return; echo $1; f $(($1 - 1)); echo $1; }; f 2", "2\n1\n1\n2\n", 0);
	CHECK_SHELL("f() { local a b=2; a=1; g; echo $a $b; }; g() { echo $a; a=9; }; a=0; f; echo $a \"[$b]\"",
		    "1\n9 2\n0 []\n", 0);
	CHECK_SHELL("f() { echo $x; }; x=1 f; echo \"[$x]\"; f() { f() { echo second; }; echo first; }; f; f",
		    "1\n[]\nfirst\nsecond\n", 0);
	CHECK_SHELL("for i in a b; do echo $i; done >f; cat f; while read x; do echo \"<$x>\"; done <f; if read x; then echo $x; fi <f; rm f",
		    "a\nb\n<a>\n<b>\na\n", 0);
	CHECK_SHELL("{ echo out; echo err >&2; } 2>&1 | cat; (echo a; exit 3) | cat; echo $?; echo x | while read y; do z=$y; done; echo \"[$z]\"",
		    "out\nerr\na\n0\n[]\n", 0);
	CHECK_SHELL("for i in 1 2; do echo $i; done & wait; { sh -c \"exit 3\"; } & wait $!; echo $?; (exit 4) & wait $!; echo $?",
		    "1\n2\n3\n4\n", 0);
	CHECK_SHELL("for i in 1 2; do echo $i; done | while read x; do echo \"<$x>\"; done | wc -l | { read n; echo $n; }",
		    "2\n", 0);
	CHECK_SHELL("! true; echo $?; ! false && echo yes; ! (exit 3); echo $?; ! { false; } | true; echo $?",
		    "1\nyes\n0\n1\n", 0);
	/* A pipe is not held open by those who write into it: who writes learns that the reader has gone. */
	CHECK_SHELL("f() { while :; do echo y || exit; done; }; f | read x; echo $?; (while :; do echo y; done) | read x; echo $?",
		    "0\n0\n", 0);
	CHECK_SHELL("x=$( { { while :; do sleep 0.1; done; } >/dev/null & } >/dev/null; echo $!); kill $x; echo $?",
		    "0\n", 0);
	CHECK_SHELL("echo if then do done; x=if; $x 2>/dev/null; echo $?; \"if\" 2>/dev/null; echo $?",
		    "if then do done\n127\n127\n", 0);
	CHECK_SHELL("echo a &&\n\necho b |\n\ncat; true ||\necho no; echo a \\\nb; ec\\\nho c; tr\\\nue &\\\n& echo d",
		    "a\nb\na b\nc\nd\n", 0);
	/* What is wrong. */
	CHECK_SHELL("if true; then echo a; echo no", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("in x; echo no", "sh: syntax error near \"in\"\n", 2);
	CHECK_SHELL("fi; echo no", "sh: syntax error near \"fi\"\n", 2);
	CHECK_SHELL("for 1 in a; do :; done", "sh: syntax error near \"1\"\n", 2);
	CHECK_SHELL("for i in a; do; done", "sh: syntax error near \";\"\n", 2);
	CHECK_SHELL("{ }", "sh: syntax error near \"}\"\n", 2);
	CHECK_SHELL("( )", "sh: syntax error near \")\"\n", 2);
	CHECK_SHELL("case a in b", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("while do done", "sh: syntax error near \"do\"\n", 2);
	CHECK_SHELL("\"f\"() { :; }", "sh: syntax error near \"(\"\n", 2);
	CHECK_SHELL("f\\\ng() { echo c; }; i\\\nf fg; th\\\nen f\\\nor x\\\ny i\\\nn a; do echo $xy; done; fi", "c\na\n", 0);
	CHECK_SHELL("f() echo", "sh: syntax error near \"echo\"\n", 2);
	CHECK_SHELL("a b()", "sh: syntax error near \"(\"\n", 2);
	CHECK_SHELL("if true; then; fi", "sh: syntax error near \";\"\n", 2);
	CHECK_SHELL("echo $(if)", "sh: syntax error near \")\"\n", 2);
	CHECK_SHELL("echo `fi`", "sh: syntax error near \"fi\"\n", 2);
	CHECK_SHELL("echo ;; ", "sh: syntax error near \";;\"\n", 2);
	CHECK_SHELL("(echo a", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("{ echo a; )", "sh: syntax error near \")\"\n", 2);
	CHECK_SHELL("eval \"echo \\\"\"; echo no", "sh: syntax error: unexpected end of file\n", 2);
	CHECK_SHELL("(eval \")\"; echo no); echo $?", "sh: syntax error near \")\"\n2\n", 0);
	CHECK_SHELL("i=0; while [ $i -lt 1100 ]; do x=\"{ ${x:-:}; }\"; i=$((i+1)); done; eval \"$x\"; echo no",
		    "sh: syntax error: too much in one another\n", 2);
	CHECK_SHELL("i=0; while [ $i -lt 1100 ]; do x=\"\\$(${x:-:})\"; i=$((i+1)); done; eval \"$x\"; echo no",
		    "sh: syntax error: too much in one another\n", 2);
	CHECK_SHELL("i=0; while [ $i -lt 1100 ]; do x=\"\\${y:-${x:-:}}\"; i=$((i+1)); done; eval \": $x\"; echo no",
		    "sh: syntax error: too much in one another\n", 2);
	CHECK_SHELL("i=0; while [ $i -lt 1100 ]; do x=\"$x elif :; then :;\"; i=$((i+1)); done; eval \"if :; then :; $x fi\"; echo no",
		    "sh: syntax error: too much in one another\n", 2);
	scratch_leave();
	PASS();
}
