/* The shell's words: quotes, parameters, splitting, comments. */
#include "shell.h"

int main(void)
{
	CHECK_SHELL("echo a  b", "a b\n", 0);
	CHECK_SHELL("echo \"a  b\" 'c  d' e\\ f", "a  b c  d e f\n", 0);
	CHECK_SHELL("echo '$X' \"\\$X\" \\$X", "$X $X $X\n", 0);
	CHECK_SHELL("X='1  2'; echo $X; echo \"$X\"; echo ${X}3", "1 2\n1  2\n1 23\n", 0);
	CHECK_SHELL("echo [$NONE] [\"$NONE\"] $NONE end", "[] [] end\n", 0);
	CHECK_SHELL("echo a # b", "a\n", 0);
	CHECK_SHELL("echo a#b", "a#b\n", 0);
	CHECK_SHELL("echo 'two\nlines'", "two\nlines\n", 0);
	CHECK_SHELL("echo a\\\nb", "ab\n", 0);
	CHECK_SHELL("echo one\necho two\n\n", "one\ntwo\n", 0);
	CHECK_SHELL("A=1 B=2; echo $A$B", "12\n", 0);
	CHECK_SHELL("A=1; A=2 true; echo $A", "1\n", 0);
	CHECK_SHELL("export A=5; sh -c 'echo $A'", "5\n", 0);
	CHECK_SHELL("A=6 sh -c 'echo $A'", "6\n", 0);
	CHECK_SHELL("A=7; sh -c 'echo [$A]'", "[]\n", 0);
	CHECK_SHELL("echo $ '`$(' \"\\`${?}\" ${0}", "$ `$( `0 sh\n", 0);
	PASS();
}
