/* What changes the shell: options, traps, variables, and what ends it. */
#include "shell.h"

#include "scratch.h"

int main(void)
{
	scratch_enter();
	CHECK_SHELL("set -e; false; echo no", "", 1);
	CHECK_SHELL("set -e; false || echo a; if false; then :; fi; ! true; while false; do :; done; false && true; echo b; (false); echo no",
		    "a\nb\n", 1);
	CHECK_SHELL("set -e; f() { false; echo in; }; f || echo no; if f; then echo cond; fi; f; echo no",
		    "in\nin\ncond\n", 1);
	CHECK_SHELL("set -e; x=$(false); echo no", "", 1);
	CHECK_SHELL("set -e; true | false; echo no", "", 1);
	CHECK_SHELL("set -e; false | true; echo yes; { false; echo no; }; echo no", "yes\n", 1);
	CHECK_SHELL("set -e; echo $(false; echo no); until true; do :; done; ! { false; echo on; }; echo after",
		    "\non\nafter\n", 0);
	CHECK_SHELL("set -o errexit; set +e; false; echo on; set -e; cat <<E; false; echo no", "on\n", 1);
	CHECK_SHELL("set -u; echo $none; echo no", "sh: none: parameter not set\n", 2);
	CHECK_SHELL("set -u; echo $# \"$@\" $* \"${none-def}\" ${none:+no} $((x = 1)); echo $((none)); echo no",
		    "0 def 1\nsh: none: parameter not set\n", 2);
	CHECK_SHELL("set -x; echo a; x=1; for i in 1; do :; done", "+ echo a\na\n+ x=1\n+ :\n", 0);
	CHECK_SHELL("PS4=\"> \"; set -x; echo a; { set +x; } 2>/dev/null; echo $-", "> echo a\na\n\n", 0);
	CHECK_SHELL("set -f; echo $-; set +f; echo \"[$-]\"; set -- a b; set +x; echo $#; set --; echo $#; set a; echo $1; set -- -x; echo $1",
		    "f\n[]\n2\n0\na\n-x\n", 0);
	CHECK_SHELL("set -n; echo no", "", 0);
	CHECK_SHELL("set -Q; echo no", "sh: -Q: unknown option\n", 2);
	CHECK_SHELL("set -e -f; set -o", "allexport       off\nerrexit         on\nnoclobber       off\nnoglob          on\n"
		    "noexec          off\nnounset         off\nxtrace          off\n", 0);
	CHECK_SHELL("set -u; was=$(set +o); set +u -f; eval \"$was\"; set +o",
		    "set +o allexport\nset +o errexit\nset +o noclobber\nset +o noglob\nset +o noexec\nset -o nounset\nset +o xtrace\n", 0);
	CHECK_SHELL("set -o nosuch; echo no", "sh: nosuch: unknown option\n", 2);
	CHECK_SHELL("trap 'echo bye $?' EXIT; exit 3", "bye 3\n", 3);
	CHECK_SHELL("trap 'echo bye $?' EXIT; (echo sub); echo main; false", "sub\nmain\nbye 1\n", 1);
	CHECK_SHELL("trap 'echo one; exit' EXIT; false", "one\n", 1);
	CHECK_SHELL("set -e; trap 'echo bye $?; (exit 5)' EXIT; false", "bye 1\n", 5);
	CHECK_SHELL("trap 'echo usr' USR1; kill -USR1 $$; echo after; trap - USR1; trap", "usr\nafter\n", 0);
	CHECK_SHELL("trap 'echo a' TERM HUP; trap '' INT; trap; kill -INT $$; (trap); trap - TERM; trap 1; trap",
		    "trap -- 'echo a' HUP\ntrap -- '' INT\ntrap -- 'echo a' TERM\ntrap -- '' INT\ntrap -- '' INT\n", 0);
	CHECK_SHELL("trap 'exit 9' USR1; while :; do kill -USR1 $$; done", "", 9);
	CHECK_SHELL("trap 'echo t; false' USR1; true; kill -USR1 $$; echo $?; trap 'x=set' USR2; kill -USR2 $$; echo $x",
		    "t\n0\nset\n", 0);
	CHECK_SHELL("trap '' USR1; sh -c 'kill -USR1 $$; echo alive'; (kill -USR1 $$; echo alive)",
		    "alive\nalive\n", 0);
	CHECK_SHELL("trap 'echo no' USR1; (sh -c 'kill -USR1 $$'); echo $?", "sh: User defined signal 1\n138\n", 0);
	CHECK_SHELL("trap : USR1; (while kill -USR1 $$ 2>/dev/null; do sleep 0.1; done) & wait $!; echo $?; kill $!",
		    "138\n", 0);
	/* One signal, which comes before the wait or in it. */
	CHECK_SHELL("trap 'kill $j' USR1; for i in 1 2 3 4 5 6 7 8; do sleep 100 & j=$!; (kill -USR1 $$) & wait $j; case $? in 138|143) ;; *) echo no;; esac; wait; done",
		    "", 0);
	CHECK_SHELL("trap 'echo got; exit 3' USR1; sh -c 'kill -USR1 $PPID'; echo no", "got\n", 3);
	CHECK_SHELL("trap return USR1; trap 'echo two' USR2; f() { sh -c 'kill -USR1 $PPID; kill -USR2 $PPID'; echo no; }; f; echo after",
		    "two\nafter\n", 0);
	CHECK_SHELL("f() { trap 'echo ex' EXIT; }; f; echo main; (trap 'echo sub' EXIT; exit 4); echo $?; x=$(trap 'echo in' EXIT); echo $x",
		    "main\nsub\n4\nin\nex\n", 0);
	CHECK_SHELL("trap 'echo x' NOSUCH; echo $?", "sh: trap: NOSUCH: no such signal\n1\n", 0);
	CHECK_SHELL("readonly r=1; r=2; echo no", "sh: r: is read-only\n", 2);
	CHECK_SHELL("readonly r=1; unset r; echo no", "sh: r: is read-only\n", 2);
	CHECK_SHELL("readonly r; (r=2); echo $?; for r in a; do echo no; done; echo no",
		    "sh: r: is read-only\n2\nsh: r: is read-only\n", 2);
	CHECK_SHELL("readonly a=1; readonly -p; export b=\"x y\"; (export -p) | { while read -r l; do case $l in *b=*) echo \"$l\";; esac; done; }",
		    "readonly a='1'\nexport b='x y'\n", 0);
	CHECK_SHELL("x=1; x=2 true; echo $x; x=3 :; echo $x; x=4 eval \"echo \\$x\"; echo $x; x=5 y=$x; echo $x $y",
		    "1\n3\n4\n4\n5 5\n", 0);
	CHECK_SHELL("x=\"a b\"; export z=$x; echo \"$z\"; HOME=/h; export q=~; [ \"$q\" = \"$HOME\" ] && echo home",
		    "a b\nhome\n", 0);
	CHECK_SHELL("eval; echo $?; eval \"\"; echo $?; eval false; echo $?; eval \"echo a; echo b\"; eval \"x=\\$(echo c)\"; echo $x; false; eval \"echo \\$?\"",
		    "0\n0\n1\na\nb\nc\n1\n", 0);
	CHECK_SHELL("f() { return; }; false; f; echo $?; return 4; echo no", "1\n", 4);
	CHECK_SHELL("echo \"echo in; return 3; echo no\" >f; . ./f; echo $?; echo \"x=5; set -- n\" >f; . ./f; echo $x; rm f",
		    "in\n3\n5\n", 0);
	CHECK_SHELL(": </nonexistent; echo no", "sh: /nonexistent: No such file or directory\n", 1);
	CHECK_SHELL("command : </nonexistent; echo on; { echo no; } </nonexistent; echo $?; cat </nonexistent; echo on",
		    "sh: /nonexistent: No such file or directory\non\nsh: /nonexistent: No such file or directory\n1\nsh: /nonexistent: No such file or directory\non\n", 0);
	CHECK_SHELL("command echo hi; echo() { :; }; echo no; command echo real; command -v cd; command -v nosuch; echo $?",
		    "hi\nreal\ncd\n", 0);
	CHECK_SHELL("f() { :; }; type f cd : if; type nosuch; command -v f if",
		    "f is a function\ncd is built in\n: is a special built-in command\nif is a reserved word\nsh: nosuch: not found\nf\n", 0);
	CHECK_SHELL("exit 3 | cat; echo $?; (exit 3); echo $?; exit 300", "0\n3\n", 44);
	CHECK_SHELL("f() { f; }; f 2>/dev/null; echo no", "", 2);
	CHECK_SHELL("x='eval \"$x\"'; eval \"$x\" 2>/dev/null; echo no", "", 2);
	CHECK_SHELL("echo '. ./f' >f; . ./f 2>/dev/null; echo no", "", 2);
	CHECK_SHELL("rm f", "", 0);
	CHECK_SHELL("exec 3>f; echo x >&3; exec 3>&-; cat f; echo y >>f; exec 4<f; read a <&4; read b <&4; echo $a $b; echo z 2>&- >|f; cat <>f; rm f",
		    "x\nx y\nz\n", 0);
	scratch_leave();
	PASS();
}
