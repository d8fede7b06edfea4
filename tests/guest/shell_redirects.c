/* The shell's redirections, of programs and of built-in commands, and that no descriptor leaks. */
#include "shell.h"

int main(void)
{
	char command[1024], path[256];

	strcpy(path, scratch_path("redirect"));
#define RUN(text, expected, code)							\
	do {										\
		CHECK((size_t)snprintf(command, sizeof(command), "F=%s; " text, path) < sizeof(command));	\
		CHECK_SHELL(command, expected, code);					\
	} while (0)
	RUN("echo one > $F; echo two >> $F; cat < $F", "one\ntwo\n", 0);
	RUN("echo three > $F; cat $F", "three\n", 0);
	RUN("> $F; cat $F", "", 0);
	RUN("sh -c 'echo err 1>&2' 2> $F; cat $F", "err\n", 0);
	RUN("sh -c 'echo out; echo err 1>&2' > $F 2>&1; cat $F", "out\nerr\n", 0);
	RUN("pwd > $F; cat $F | wc -l", "1\n", 0);
	RUN("set -C; echo $-; rm $F; {  echo a > $F; echo b > $F || echo c >> $F; } 2>/dev/null; cat $F; echo d >| $F; cat $F 2> /dev/null",
	    "C\na\nc\nd\n", 0);
	RUN("set -o noclobber; rm -f $F; ln -s nowhere $F; exec 2> /dev/null; : > $F; echo no", "", 1);
	RUN("rm $F; > $F; cd / > $F; pwd", "/\n", 0);
	RUN("cat < /nonexistent; echo $?", "sh: /nonexistent: No such file or directory\n1\n", 0);
	RUN("echo x >&7; echo $?", "sh: 7: bad file descriptor\n1\n", 0);
	RUN("echo x 12> $F", "sh: syntax error near \"12>\"\n", 2);
	/* What cannot be saved cannot be redirected, and stays. */
	RUN("ulimit -n 10; echo no > $F; echo $?; { echo no; } > $F; echo out", "sh: 1: cannot be saved: Invalid argument\n1\n"
	    "sh: 1: cannot be saved: Invalid argument\nout\n", 0);
	RUN("echo 12 3> $F", "12\n", 0);
	RUN("rm $F; echo $?", "0\n", 0);
	PASS();
}
