/* The programs cp, mv, cat, mkdir, rm and touch: what they refuse, they leave as it was. And what sleep and heapdemo do not
 * take. */
#include "scratch.h"
#include "shell.h"

#define U	"usage: heapdemo [BLOCKS], which are 1 to 512\n"

int main(void)
{
	shell_use_ours();
	scratch_enter();
	CHECK_SHELL("echo precious >f; mkdir d; cp d f 2>/dev/null; echo $?; cat f", "1\nprecious\n", 0);
	CHECK_SHELL("cp d new 2>/dev/null; ls", "d\nf\n", 0);

	CHECK_SHELL("mkdir d/x/y 2>/dev/null; echo $?; mkdir -p d/x/y d/x d//z/; echo $?; echo d/* d/x/*",
		"1\n0\nd/x d/z d/x/y\n", 0);
	CHECK_SHELL("mkdir -p '' 2>/dev/null; echo $?; mkdir -p / //; echo $?", "1\n0\n", 0);
	CHECK_SHELL("mkdir -p f 2>/dev/null; echo $?; mkdir -p f/x 2>/dev/null; echo $?", "1\n1\n", 0);
	CHECK_SHELL("mkdir -q n 2>/dev/null || echo no; touch -q n 2>/dev/null || echo no; ls", "no\nno\nd\nf\n", 0);

	CHECK_SHELL("mv f f; echo $?; mv f .; echo $?; ln f g; mv f g; echo $?; cat f; rm g",
		"mv: f and f are the same file\n1\nmv: f and ./f are the same file\n1\n"
		"mv: f and g are the same file\n1\nprecious\n", 0);
	/* A link is no such file as the one it leads to. */
	CHECK_SHELL("ln -s f l; mv f l; echo $?; cat l; ln -s l m; mv m n; mv l f; ls; rm n", "0\nprecious\nd\nf\nn\n", 0);

	CHECK_SHELL("echo more >g; cat f g >>f; echo $?; cat f", "cat: f: input file is output file\n1\nprecious\nmore\n", 0);
	CHECK_SHELL("cat <f >>f; echo $?; cat - <g 1<>g; echo $?",
		"cat: standard input: input file is output file\n1\ncat: -: input file is output file\n1\n", 0);
	/* Nothing to read, or not to be reached: no harm. */
	CHECK_SHELL("cat g >g; echo $?; cat f >f; echo $?; cat g g >>g; echo $?; { cat >/dev/null; cat >>g; } <g; echo $?",
		"0\n0\n0\n0\n", 0);
	CHECK_SHELL("rm g; ls", "d\nf\n", 0);

	CHECK_SHELL("sleep ''; sleep 1x; sleep 0.", "usage: sleep SECONDS\nusage: sleep SECONDS\n", 0);
	CHECK_SHELL("for i in 0 513 1000000 4294967297 1x ''; do heapdemo \"$i\" 2>&1; done; heapdemo 512 >/dev/null && echo good",
		U U U U U U "good\n", 0);

	/* A path that is too long is not shortened to another. */
	CHECK_SHELL("n=./; for i in 1 2 3 4 5 6 7 8 9 10; do n=$n$n; done; n=$n${n#./././}; echo x >longer-name; "
		    "cp longer-name $n; echo $?; mv longer-name $n; echo $?; ls; rm longer-name",
		"cp: longer-name: File name too long\n1\nmv: longer-name: File name too long\n1\nd\nf\nlonger-name\n", 0);

	CHECK_SHELL("cd d; rm -r . ./ .. x/. x/.. x/../ 2>/dev/null; echo $?; ls", "1\nx\nz\n", 0);
	CHECK_SHELL("touch .h ..a; rm .h ..a; echo $?", "0\n", 0);
	CHECK_SHELL("rm -r d f; echo $?; ls", "0\n", 0);
	scratch_leave();
	PASS();
}
